import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../shell/not-found.js';
import { Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { Since, When } from '../parts/time/when.js';
import { useUser } from '../sign-in/session.js';
import { PauseSystem, ResumeSystem } from '../systems/deeds/pause.js';
import { PauseLines } from '../systems/pause-line.js';
import { queuesQuery, type ServiceQueues } from './api.js';
import { History } from './history.js';
import { ReadingState } from './reading-state.js';
import styles from './queues.module.css';

const route = getRouteApi('/inside/queues/$system/$service');

/** The queue of one service and system: who reads it, what waits in its ladder, and its day. */
export function QueuePage() {
  const { system, service } = route.useParams();
  const query = useQuery(queuesQuery);
  return (
    <Known query={query} title={`${service} · ${system}`}>
      {({ services }) => {
        const found = services.find((each) => each.system === system && each.service === service);
        return found ? <One queues={found} /> : <NotFound />;
      }}
    </Known>
  );
}

type Reader = ServiceQueues['processes'][number];
const isKnownState = (state: string): state is 'consuming' | 'paused' | 'standby' =>
  ['consuming', 'paused', 'standby'].includes(state);

function One({ queues }: { queues: ServiceQueues }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const { system, service, ready, inHand, retry, pauses, processes, steps } = queues;
  const columns: Column<Reader>[] = [
    { key: 'process', title: t('queues.process'), cell: ({ process }) => <bdi>{process}</bdi> },
    {
      key: 'state',
      title: t('queues.processState'),
      cell: ({ state, silent }) =>
        silent ? (
          <StateBadge state="person">{t('queues.silent')}</StateBadge>
        ) : isKnownState(state) ? (
          t(`queues.processStates.${state}`)
        ) : (
          state
        ),
    },
    {
      key: 'version',
      title: t('queues.version'),
      optional: true,
      cell: ({ version }) => <bdi>{version.slice(0, 40) || '—'}</bdi>,
    },
    { key: 'since', title: t('queues.runsSince'), optional: true, cell: ({ since }) => <Since time={since} /> },
    { key: 'inHand', title: t('queues.inHand'), numeric: true, cell: (reader) => reader.inHand },
    { key: 'oldest', title: t('queues.oldestInHand'), cell: ({ oldest }) => oldest && <Since time={oldest} /> },
    { key: 'seen', title: t('queues.seen'), wide: true, cell: ({ seen }) => <When time={seen} /> },
  ];
  const { missing } = queues;
  const waiting = steps.filter((step) => step.ready > 0);
  return (
    <>
      <PageHead
        title={`${service} · ${system}`}
        answer={
          <span className={styles.facts}>
            <ReadingState row={queues} />
            <span>
              {t('queues.work')}: {ready ?? '—'} · {t('queues.inHand')}: {inHand} · {t('queues.retry')}: {retry}
            </span>
            {may('failures.see') && (
              <Link to="/failures" search={{ system, service }}>
                {t('queues.failuresOf')}
              </Link>
            )}
          </span>
        }
      >
        {may('systems.steer') &&
          (pauses.some(({ kind }) => kind === 'person') ? (
            <ResumeSystem system={system} service={service} />
          ) : (
            <PauseSystem system={system} service={service} />
          ))}
      </PageHead>
      <PauseLines pauses={pauses} />
      <History system={system} service={service} />
      <section className={styles.section}>
        <h2>{t('queues.processes')}</h2>
        {processes.length === 0 ? (
          <p className={styles.soft}>{t('queues.noProcesses')}</p>
        ) : (
          <DataTable
            label={t('queues.processes')}
            columns={columns}
            rows={processes}
            rowKey={({ process }) => process}
          />
        )}
      </section>
      {missing.length > 0 && (
        <section className={styles.section}>
          <h2>{t('queues.notThere', { count: missing.length })}</h2>
          <ul>
            {missing.map((queue) => (
              <li key={queue}>{queue}</li>
            ))}
          </ul>
        </section>
      )}
      {waiting.length > 0 && (
        <section className={styles.section}>
          <h2>{t('queues.steps')}</h2>
          <ul>
            {waiting.map((step) => (
              <li key={step.queue}>
                {step.queue}: {step.ready}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
