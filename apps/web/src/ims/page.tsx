import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { LongText } from '../parts/text/long-text.js';
import { ReadAt } from '../parts/time/read-at.js';
import { When } from '../parts/time/when.js';
import { useUser } from '../sign-in/session.js';
import { useSaid } from '../texts/language.js';
import { colourOfFile, filesQuery, type ImsFile, type ImsSystem } from './api.js';
import { Decide } from './decide.js';
import styles from './files.module.css';
import { Outcomes } from './outcomes.js';

/** Files of IMS Enterprise, and what became of them. */
export function FilesPage() {
  const { t } = useTranslation();
  const query = useQuery(filesQuery);
  return (
    <>
      <PageHead title={t('files.title')} answer={t('files.answer')} />
      <Known query={query}>
        {(systems) =>
          systems.length === 0 ? (
            <Empty title={t('files.noSystem')}>{t('files.noSystemText')}</Empty>
          ) : (
            systems.map((one) => <OfSystem key={one.system} {...one} />)
          )
        }
      </Known>
    </>
  );
}

function OfSystem({ system, files, ...read }: ImsSystem) {
  const { t } = useTranslation();
  const { may } = useUser();
  const held = files.filter(({ state }) => state === 'held').length;
  return (
    <section className={styles.section}>
      <h2>{system}</h2>
      {(read.trouble || !read.readAt) && (
        <p>
          <ReadAt {...read} />
        </p>
      )}
      {held > 0 && (
        <div className={styles.held}>
          <p>{t('files.heldText', { count: held })}</p>
          {may('systems.steer') && (
            <div className={styles.deeds}>
              <Decide system={system} decision="release" />
              <Decide system={system} decision="discard" />
            </div>
          )}
        </div>
      )}
      {files.length > 0 && <FilesTable system={system} files={files} />}
      {files.length === 0 && read.readAt && <Empty title={t('files.none')}>{t('files.noneText')}</Empty>}
    </section>
  );
}

function FilesTable({ system, files }: Pick<ImsSystem, 'system' | 'files'>) {
  const { t } = useTranslation();
  const said = useSaid();
  const columns: Column<ImsFile>[] = [
    { key: 'number', title: t('files.number'), numeric: true, optional: true, cell: ({ id }) => id },
    {
      key: 'name',
      title: t('files.name'),
      wide: true,
      cell: ({ id, name, damage }) => (
        <>
          <Link to="/files/$system/$file" params={{ system, file: String(id) }}>
            <bdi>{name}</bdi>
          </Link>
          {damage && (
            <div className={styles.soft}>
              <LongText length={200}>{said(damage)}</LongText>
            </div>
          )}
        </>
      ),
    },
    { key: 'taken', title: t('files.taken'), cell: ({ claimedAt }) => <When time={claimedAt} /> },
    {
      key: 'kind',
      title: t('files.kind'),
      optional: true,
      cell: ({ content }) => t(`files.content.${content}`),
    },
    {
      key: 'state',
      title: t('files.state'),
      cell: ({ state }) => <StateBadge state={colourOfFile[state]}>{t(`files.states.${state}`)}</StateBadge>,
    },
    { key: 'persons', title: t('files.persons'), numeric: true, cell: ({ counts }) => counts?.persons ?? '' },
    {
      key: 'problems',
      title: t('files.problemsShort'),
      numeric: true,
      cell: ({ counts }) => counts?.problems ?? '',
    },
    { key: 'outcome', title: t('files.outcome'), cell: (file) => <Outcomes {...file} /> },
  ];
  return (
    <DataTable label={`${t('files.title')} ${system}`} columns={columns} rows={files} rowKey={({ id }) => String(id)} />
  );
}
