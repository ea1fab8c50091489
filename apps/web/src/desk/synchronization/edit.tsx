import { Button, Checkbox, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellOutcome } from '../../parts/act/outcomes.js';
import { DateField } from '../../parts/date-field/date-field.js';
import { Question } from '../parts/question.js';
import { editRow, type Row } from './api.js';

/** Another period or mark for a row: it hides its student for longer, or no more. */
export function EditRow({ row }: { row: Row }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const label = t('desk.synchronization.edit.label');
  return (
    <>
      <Button
        {...{ size: 'compact-xs', variant: 'subtle' }}
        aria-label={`${label}: ${row.student}`}
        onClick={() => setOpened(true)}
      >
        {label}
      </Button>
      {opened && <Asked row={row} close={() => setOpened(false)} />}
    </>
  );
}

function Asked({ row, close }: { row: Row; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { student } = row;
  const [period, setPeriod] = useState<string | undefined>(row.period);
  const [error, setError] = useState(row.error);
  const [missing, setMissing] = useState(false);
  const saving = useMutation({
    mutationFn: async (until: string) => {
      await editRow(row, { period: until, error });
      await queries.invalidateQueries({ queryKey: ['desk', 'synchronization'] });
      tellOutcome(t('desk.synchronization.edit.done', { student }));
      close();
    },
  });
  const save = () => (period === undefined ? setMissing(true) : saving.mutate(period));
  return (
    <Question
      title={t('desk.synchronization.edit.title', { student })}
      close={close}
      error={saving.error}
      answers={[
        { label: t('desk.synchronization.edit.do'), run: save },
        { label: t('parts.cancel'), run: close },
      ]}
    >
      <Stack gap="sm">
        <p>{t('desk.synchronization.edit.text')}</p>
        <DateField
          label={t('desk.synchronization.until')}
          value={period}
          seconds
          change={setPeriod}
          error={missing && period === undefined && t('desk.synchronization.edit.missing')}
          w={220}
        />
        <Checkbox
          label={t('desk.synchronization.edit.error')}
          checked={error}
          onChange={(event) => setError(event.currentTarget.checked)}
        />
      </Stack>
    </Question>
  );
}
