import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvedQuery, runsQuery, startRun } from '../../api.js';
import { Question } from '../../parts/question.js';

/** Create bindings: of one curriculum or of all, for the ELS chosen. It works on when the window is closed. */
export function CreateBindings({ system }: { system: string | null }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('desk.creating.label')}
      </Button>
      {opened && <Asked {...{ system, close: () => setOpened(false) }} />}
    </>
  );
}

function Asked({ system, close }: { system: string | null; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [curriculum, setCurriculum] = useState('');
  const found = useQuery(approvedQuery(useDeferredValue(text.trim()))).data;
  const chosen = found?.curricula.some(({ code }) => code === curriculum) ? curriculum : '';
  const starting = useMutation({
    mutationFn: async (chosenSystem: string) => {
      await startRun(chosenSystem, chosen || null);
      await queries.invalidateQueries({ queryKey: runsQuery.queryKey });
      close();
    },
  });
  if (system === null)
    return (
      <Question title={t('desk.creating.title')} close={close} answers={[{ label: t('parts.close'), run: close }]}>
        {t('desk.creating.noEls')}
      </Question>
    );
  return (
    <Question
      title={t('desk.creating.title')}
      close={close}
      error={starting.error}
      answers={[
        { label: t(chosen ? 'desk.creating.one' : 'desk.creating.all'), run: () => starting.mutate(system) },
        { label: t('parts.cancel'), run: close },
      ]}
    >
      <Stack gap="sm">
        <p>{t('desk.creating.text')}</p>
        <TextInput
          label={t('desk.creating.find')}
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('desk.form.filter.curriculum')}
          value={chosen}
          data={[
            { value: '', label: t('desk.creating.allCurricula') },
            ...(found?.curricula ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
          ]}
          onChange={(event) => setCurriculum(event.currentTarget.value)}
        />
      </Stack>
    </Question>
  );
}
