import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../parts/act/problem.js';
import { DateField } from '../../../parts/date-field/date-field.js';
import { displayedQuery, type Els } from '../../api.js';
import { CreateBindings } from '../create/create.js';
import { Question } from '../../parts/question.js';
import type { DocumentSession } from '../session/session.js';
import type { TableDeed } from '../grid/deeds.js';
import { linesDisplayed } from '../sheet/lines.js';
import { Spreadsheet } from '../spreadsheet/menu.js';
import styles from '../form.module.css';

type Wanted = { system: string | null; display: 'all' | 'empty' | null };

interface Props {
  session: DocumentSession;
  els: Els[];
  say: (deed: TableDeed) => void;
}

/** The ELS and what of its bindings is displayed; date and comment of the document. */
export function DisplayBar({ session, els, say }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const header = useSyncExternalStore(session.subscribe, session.header);
  const [asked, setAsked] = useState<Wanted>();
  const [missing, setMissing] = useState(false);
  const filling = useMutation({
    mutationFn: async ({ system, display }: Wanted) => {
      if (system === null || display === null) return session.choose(system);
      const answer = await queries.fetchQuery({ ...displayedQuery(system, display), staleTime: 0 });
      session.display({ system, display }, linesDisplayed(answer));
    },
  });
  const want = (wanted: Wanted) => {
    if (session.isChanged()) return setAsked(wanted);
    filling.mutate(wanted);
  };
  const display = (which: 'all' | 'empty') => {
    if (header.system === null) return setMissing(true);
    want({ system: header.system, display: which });
  };
  const variant = (which: 'all' | 'empty') => (header.display === which ? 'light' : 'default');
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={t('desk.els')}
        required
        withAsterisk={false}
        value={header.system ?? ''}
        error={missing && header.system === null && t('desk.form.noEls')}
        data={[
          { value: '', label: t('desk.form.chooseEls') },
          ...els.map(({ code, name }) => ({ value: code, label: name })),
        ]}
        onChange={(event) => want({ system: event.currentTarget.value || null, display: null })}
        w={120}
      />
      <Button
        variant={variant('all')}
        aria-pressed={header.display === 'all'}
        loading={filling.isPending}
        onClick={() => display('all')}
      >
        {t('desk.form.displayAll')}
      </Button>
      <Button
        variant={variant('empty')}
        aria-pressed={header.display === 'empty'}
        disabled={filling.isPending}
        onClick={() => display('empty')}
      >
        {t('desk.form.displayEmpty')}
      </Button>
      <CreateBindings system={header.system} />
      <Spreadsheet {...{ session, say }} />
      <TextInput
        className={styles.wide!}
        label={t('desk.comment')}
        value={header.comment}
        maxLength={1000}
        onChange={(event) => session.enter({ comment: event.currentTarget.value })}
      />
      <DateField
        {...{ label: t('desk.form.date'), title: t('desk.form.dateHint'), seconds: true, w: 170 }}
        value={header.date ?? undefined}
        change={(date) => session.enter({ date: date ?? null })}
      />
      {filling.error && <ProblemNote error={filling.error} />}
      {asked && (
        <Question
          title={t('desk.form.losing.title')}
          close={() => setAsked(undefined)}
          answers={[
            { label: t('desk.form.losing.stay'), run: () => setAsked(undefined) },
            {
              label: t('desk.form.losing.lose', { count: session.sheet.counts().changed }),
              dangerous: true,
              run: () => {
                filling.mutate(asked);
                setAsked(undefined);
              },
            },
          ]}
        >
          {t('desk.form.losing.text')}
        </Question>
      )}
    </div>
  );
}
