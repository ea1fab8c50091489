import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { useLiveRows } from '../parts/table/live-rows.js';
import { News } from '../parts/table/news.js';
import { Since, When } from '../parts/time/when.js';
import { useUser } from '../sign-in/session.js';
import { useSaid } from '../texts/language.js';
import type { Listed } from './api.js';
import { AskAgain } from './deeds/ask.js';
import { Archive, Note, Restore } from './deeds/put-aside.js';
import { Replay } from './deeds/replay.js';
import { FailureStateBadge } from './parts.js';
import styles from './failures.module.css';

const keyOf = ({ id }: Listed): string => id;
const isOpen = ({ state }: Listed): boolean => state === 'open';

/** Failures one by one, with what can be done to those that are chosen. `withCause`: they are not all of one cause. */
export function FailureTable({
  failures,
  asked,
  withCause,
}: {
  failures: Listed[];
  asked: string;
  withCause: boolean;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const { may } = useUser();
  const { rows, news, showNews, isGone, hold } = useLiveRows(failures, asked, keyOf);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const here = rows.filter(({ id }) => chosen.has(id));
  const columns: Column<Listed>[] = [
    {
      key: 'code',
      title: t('failures.code'),
      cell: ({ id, code }) => (
        <Link to="/failures/one" search={{ id }}>
          {code?.slice(0, 80) ?? t('failures.noStudent')}
        </Link>
      ),
    },
    ...(withCause
      ? [
          {
            key: 'reason',
            title: t('failures.cause'),
            wide: true,
            cell: ({ reason }: Listed) => <bdi className={styles.cause}>{said(reason)}</bdi>,
          },
          { key: 'system', title: t('failures.system'), optional: true, cell: ({ system }: Listed) => system },
        ]
      : []),
    { key: 'state', title: t('failures.state'), cell: ({ state }) => <FailureStateBadge state={state} /> },
    { key: 'attempts', title: t('failures.attempts'), numeric: true, optional: true, cell: (row) => row.attempts },
    { key: 'first', title: t('failures.since'), optional: true, cell: (row) => <Since time={row.firstSeen} /> },
    { key: 'last', title: t('failures.last'), cell: ({ lastSeen }) => <When time={lastSeen} /> },
  ];
  return (
    <>
      <News news={news} show={showNews} />
      <DataTable
        {...{ label: t('failures.title'), columns, rows, rowKey: keyOf, isGone, hold }}
        rowName={({ id, code }) => code ?? id}
        {...(may('failures.mend') && { selection: { chosen, choose } })}
      />
      {here.length > 0 && <Chosen rows={here} />}
    </>
  );
}

function Chosen({ rows }: { rows: Listed[] }) {
  const { t } = useTranslation();
  const of = (some: Listed[]) => ({ selection: { ids: some.map(keyOf) }, number: some.length });
  const open = rows.filter(isOpen);
  const archived = rows.filter(({ state }) => state === 'archived');
  return (
    <div className={styles.chosen} role="region" aria-label={t('parts.chosen', { count: rows.length })}>
      <span>{t('parts.chosen', { count: rows.length })}</span>
      <Replay chosen={of(open.filter(({ replayable }) => replayable))} />
      <AskAgain chosen={of(rows.filter(({ code }) => code !== null))} />
      {archived.length > 0 ? <Restore chosen={of(archived)} /> : <Archive chosen={of(open)} />}
      <Note chosen={of(rows)} />
    </div>
  );
}
