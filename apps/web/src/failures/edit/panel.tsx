import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../parts/act/problem.js';
import { Known } from '../../parts/known.js';
import { StateText } from '../../parts/state.js';
import { useZone } from '../../parts/time/zone.js';
import { useSaid, type Bilingual } from '../../texts/language.js';
import { formQuery, useTrial } from './api.js';
import { editsOf, isChanged, partsOf, type Draft, type Field } from './draft.js';
import styles from './edit.module.css';
import { FieldRow } from './field-row.js';
import { Send } from './send.js';
import { useFieldName } from './value.js';

interface Props {
  id: string;
  draft: Draft;
  setDraft: (draft: Draft) => void;
  /** Puts the form away; what was entered stays unless it was sent. */
  close: () => void;
}

/** A dead message beside what a person makes of it. */
export function EditPanel(props: Props) {
  const { t } = useTranslation();
  const query = useQuery(formQuery(props.id));
  return (
    <section className={styles.panel} aria-label={t('edit.title')}>
      <h2>{t('edit.title')}</h2>
      <p className={styles.soft}>{t('edit.overwritten')}</p>
      <Known query={query}>{({ fields, why }) => <Form {...props} {...{ fields, why }} />}</Known>
    </section>
  );
}

function Form({ id, draft, setDraft, close, fields, why }: Props & { fields: Field[]; why: Bilingual | null }) {
  const { t } = useTranslation();
  const said = useSaid();
  const zone = useZone();
  // When it can be edited no more the console names no fields: what was entered is still shown.
  const [shown, setShown] = useState(fields);
  if (fields !== shown && fields.length > 0) setShown(fields);
  const edits = editsOf(shown, draft, zone);
  const { trial, fresh, error } = useTrial(id, edits);
  const refused = why ?? trial?.why;
  const change = (path: string, text: string | undefined) => {
    const { [path]: _, ...others } = draft;
    setDraft(text === undefined ? others : { ...others, [path]: text });
  };
  const complaintOf = (path: string) => {
    const issue = trial?.issues.find((each) => each.path === path);
    return issue && said(issue.message);
  };
  return (
    <>
      {refused && (
        <p role="alert">
          <StateText state="person">{said(refused)}</StateText>
        </p>
      )}
      {partsOf(shown).map(({ course, fields: inside }) => (
        <Part key={course ?? 'person'} {...{ course }}>
          {inside.map((field) => (
            <FieldRow
              key={field.path}
              {...{ field, text: draft[field.path], changed: isChanged(field, draft, zone) }}
              complaint={complaintOf(field.path)}
              change={(text) => change(field.path, text)}
            />
          ))}
        </Part>
      ))}
      {error && <ProblemNote error={error} />}
      <div className={styles.foot}>
        <Verdict {...{ shown, trial: refused ? undefined : trial, fresh, waits: edits.length > 0 && !error }} />
        <Button variant="default" onClick={close}>
          {t('edit.close')}
        </Button>
        <Send
          {...{ id, edits, fields: shown, changes: trial?.changes ?? [] }}
          disabled={!fresh || !!refused || trial!.issues.length > 0 || trial!.changes.length === 0}
          sent={() => {
            setDraft({});
            close();
            // the form is gone from under the eye: what came of it stands at the head
            scrollTo({ top: 0 });
          }}
        />
      </div>
    </>
  );
}

function Part({ course, children }: { course: number | undefined; children: React.ReactNode }) {
  const { t } = useTranslation();
  const caption = course === undefined ? t('edit.student') : t('edit.course', { number: course + 1 });
  return (
    <table className={styles.fields}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('edit.field')}</th>
          <th scope="col">{t('edit.before')}</th>
          <th scope="col">{t('edit.after')}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface VerdictProps {
  shown: Field[];
  trial: ReturnType<typeof useTrial>['trial'];
  fresh: boolean;
  /** Something is entered that has not been looked at. */
  waits: boolean;
}

/** What the trial says: nothing has been sent. */
function Verdict({ shown, trial, fresh, waits }: VerdictProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const fieldName = useFieldName();
  const verdict = () => {
    if (!waits) return t('edit.untouched');
    if (!trial || !fresh) return t('edit.trying');
    const beside = new Set(shown.map(({ path }) => path));
    const elsewhere = trial.issues.filter(({ path }) => !beside.has(path));
    if (elsewhere.length > 0)
      return elsewhere.map(({ path, message }) => `${fieldName(path)}: ${said(message)}`).join(' ');
    if (trial.issues.length > 0) return t('edit.complaints', { count: trial.issues.length });
    return trial.changes.length === 0 ? t('edit.same') : t('edit.sound', { count: trial.changes.length });
  };
  const state = !waits || !fresh ? 'well' : trial && trial.issues.length > 0 ? 'person' : 'done';
  return (
    <div role="status" className={styles.verdict}>
      <StateText state={state}>{verdict()}</StateText>
    </div>
  );
}
