import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act/act.js';
import { ProblemNote } from '../../parts/act/problem.js';
import { count } from '../../parts/time/moment.js';
import { useLanguage } from '../../texts/language.js';
import { deleteRows, foreseenQuery, keyOfRow, nameOfRow, filterOf, type Row, type Selection } from './api.js';
import { isNarrowed, type RowsSearch } from './search.js';

interface Props {
  search: RowsSearch;
  rows: readonly Row[];
  total: number;
  chosen: ReadonlySet<string>;
  /** The chosen ones are no more. */
  done: () => void;
}

/** Rows are deleted: the chosen ones, or all that the filter finds. */
export function DeleteRows({ search, rows, total, chosen, done }: Props) {
  const picked = rows.filter((row) => chosen.has(nameOfRow(row)));
  if (picked.length > 0)
    return <Delete kind="chosen" number={picked.length} selection={{ rows: picked.map(keyOfRow) }} done={done} />;
  if (total === 0 || !isNarrowed(search)) return null;
  return <Delete kind="found" number={total} selection={{ filter: filterOf(search) }} done={done} />;
}

type DeleteProps = { kind: 'chosen' | 'found'; number: number; selection: Selection; done: () => void };

function Delete({ kind, number, selection, done }: DeleteProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const counted = { count: number, number: count(number, language) };
  return (
    <Act
      label={t(`desk.synchronization.delete.${kind}`, counted)}
      title={t('desk.synchronization.delete.title')}
      confirm={t('desk.synchronization.delete.do', counted)}
      dangerous
      run={async () => {
        try {
          const { rows, students } = await deleteRows(selection, number);
          done();
          return `${t('desk.synchronization.delete.done', { count: rows })} ${t('desk.synchronization.delete.again', { count: students })}`;
        } finally {
          await queries.invalidateQueries({ queryKey: ['desk', 'synchronization'] });
        }
      }}
    >
      <Foreseen selection={selection} />
    </Act>
  );
}

/** What deleting them would touch. */
function Foreseen({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(foreseenQuery(selection));
  if (error) return <ProblemNote error={error} />;
  if (!data) return <p role="status">{t('parts.loading')}</p>;
  return (
    <>
      <p>
        {t('desk.synchronization.delete.rows', { count: data.rows })}{' '}
        {t('desk.synchronization.delete.live', { count: data.live })}
      </p>
      <p>{t('desk.synchronization.delete.students', { count: data.students })}</p>
    </>
  );
}
