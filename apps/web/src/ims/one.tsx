import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { Pages } from '../parts/table/pages.js';
import { LongText } from '../parts/text/long-text.js';
import { When } from '../parts/time/when.js';
import { useUser } from '../sign-in/session.js';
import { useSaid } from '../texts/language.js';
import {
  atOnce,
  changeStates,
  colourOfChange,
  colourOfFile,
  fileQuery,
  type ImsChange,
  type ImsFileWhole,
  type ImsProblem,
} from './api.js';
import { Decide } from './decide.js';
import styles from './files.module.css';

const route = getRouteApi('/inside/files/$system/$file');

export function FilePage() {
  const { t } = useTranslation();
  const { system, file } = route.useParams();
  const query = useQuery(fileQuery(system, file, route.useSearch()));
  return (
    <Known query={query} title={t('files.one.title', { number: file })}>
      {(whole) => <One system={system} file={whole} />}
    </Known>
  );
}

function One({ system, file }: { system: string; file: ImsFileWhole }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const said = useSaid(Infinity);
  const { id, name, state, damage, claimedAt } = file;
  return (
    <>
      <PageHead
        title={t('files.one.title', { number: id })}
        answer={
          <>
            <StateBadge state={colourOfFile[state]}>{t(`files.states.${state}`)}</StateBadge> <bdi>{name}</bdi>,{' '}
            {system}, <When time={claimedAt} />
          </>
        }
      >
        {state === 'held' && may('systems.steer') && (
          <div className={styles.deeds}>
            <Decide system={system} decision="release" file={id} />
            <Decide system={system} decision="discard" file={id} />
          </div>
        )}
      </PageHead>
      {damage && (
        <p>
          <LongText>{said(damage)}</LongText>
        </p>
      )}
      {state === 'held' && <p>{t('files.heldText', { count: 1 })}</p>}
      <Facts file={file} />
      <section className={styles.section}>
        <h2>{t('files.one.problems')}</h2>
        <Problems problems={file.problems} />
      </section>
      <section className={styles.section}>
        <h2>{t('files.one.persons')}</h2>
        <States system={system} file={file} />
        <Changes changes={file.changes} />
        <More system={system} file={file} />
      </section>
    </>
  );
}

function Facts({ file: { counts, filedAs, decision } }: { file: ImsFileWhole }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.facts}>
      {counts && (
        <>
          <dt>{t('files.one.content')}</dt>
          <dd>{t('files.one.contentText', counts)}</dd>
          <dt>{t('files.one.people')}</dt>
          <dd>{t('files.one.peopleText', counts)}</dd>
          <dt>{t('files.one.roles')}</dt>
          <dd>{t('files.one.rolesText', counts)}</dd>
        </>
      )}
      {filedAs && (
        <>
          <dt>{t('files.one.lies')}</dt>
          <dd>
            <bdi>{filedAs}</bdi>
          </dd>
        </>
      )}
      {decision && (
        <>
          <dt>{t('files.one.decision')}</dt>
          <dd>
            {decision.by === 'ims-gateway'
              ? `${t('files.one.replaced')} ${decision.why}`
              : [t(`files.one.decisions.${decision.decision}`), decision.by, decision.why].filter(Boolean).join(', ')}
          </dd>
        </>
      )}
    </dl>
  );
}

function Problems({ problems }: { problems: ImsProblem[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  const columns: Column<ImsProblem & { place: number }>[] = [
    { key: 'line', title: t('files.one.line'), numeric: true, cell: ({ line }) => line },
    { key: 'element', title: t('files.one.element'), optional: true, cell: ({ element }) => <bdi>{element}</bdi> },
    { key: 'code', title: t('files.one.code'), cell: ({ code }) => <bdi>{code}</bdi> },
    { key: 'reason', title: t('files.one.reason'), wide: true, cell: ({ reason }) => said(reason) },
  ];
  if (problems.length === 0) return <Empty title={t('files.one.noProblems')} />;
  const rows = problems.map((problem, place) => ({ ...problem, place }));
  return (
    <>
      <DataTable label={t('files.one.problems')} columns={columns} rows={rows} rowKey={({ place }) => String(place)} />
      {problems.length === atOnce && <p className={styles.soft}>{t('files.one.more')}</p>}
    </>
  );
}

/** How many have ended in which way, each a filter. */
function States({ system, file: { id, outcomes } }: { system: string; file: ImsFileWhole }) {
  const { t } = useTranslation();
  const { state: chosen } = route.useSearch();
  const there = changeStates.filter((state) => (outcomes[state] ?? 0) > 0);
  const params = { system, file: String(id) };
  return (
    <div className={styles.states}>
      {there.map((state) => (
        <Link key={state} to="/files/$system/$file" params={params} search={chosen === state ? {} : { state }}>
          <StateBadge state={colourOfChange[state]}>
            {t('files.outcomeOf', { state: t(`files.changeStates.${state}`), number: outcomes[state] ?? 0 })}
          </StateBadge>
        </Link>
      ))}
      {chosen && (
        <Link to="/files/$system/$file" params={params}>
          {t('files.one.all')}
        </Link>
      )}
    </div>
  );
}

function Changes({ changes }: { changes: ImsChange[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  const columns: Column<ImsChange>[] = [
    {
      key: 'code',
      title: t('files.one.code'),
      cell: ({ code }) => (
        <Link to="/students/$code" params={{ code }}>
          <bdi>{code}</bdi>
        </Link>
      ),
    },
    { key: 'change', title: t('files.one.change'), cell: ({ change }) => t(`files.changes.${change}`) },
    {
      key: 'end',
      title: t('files.one.end'),
      cell: ({ state }) => <StateBadge state={colourOfChange[state]}>{t(`files.changeStates.${state}`)}</StateBadge>,
    },
    {
      key: 'why',
      title: t('files.one.why'),
      wide: true,
      cell: ({ reason }) => reason && <LongText length={200}>{said(reason)}</LongText>,
    },
  ];
  if (changes.length === 0) return <Empty title={t('files.one.noPersons')} />;
  return <DataTable label={t('files.one.persons')} columns={columns} rows={changes} rowKey={({ code }) => code} />;
}

function More({ system, file: { id, changes } }: { system: string; file: ImsFileWhole }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const params = { system, file: String(id) };
  return (
    <Pages
      first={
        search.after !== undefined && (
          <Link to="/files/$system/$file" params={params} search={{ ...search, after: undefined }}>
            {t('parts.first')}
          </Link>
        )
      }
      next={
        changes.length === atOnce && (
          <Link to="/files/$system/$file" params={params} search={{ ...search, after: changes.at(-1)!.code }}>
            {t('parts.next')}
          </Link>
        )
      }
    />
  );
}
