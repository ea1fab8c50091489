import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateText } from '../parts/state.js';
import { useUser } from '../sign-in/session.js';
import { overviewQuery, type Overview } from './api.js';
import { BusyQueues } from './busy-queues.js';
import { SystemPanel } from './system-panel.js';
import { Troubles } from './troubles.js';
import { Waiting } from './waiting.js';
import styles from './overview.module.css';

/** Is it well, and if not, is it mine to mend? */
export function OverviewPage() {
  const { t } = useTranslation();
  const query = useQuery(overviewQuery);
  return (
    <Known query={query} title={t('overview.title')}>
      {(overview) => <Whole overview={overview} />}
    </Known>
  );
}

function Whole({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const { systems, waiting, waitingGroups, troubles, troubleCount } = overview;
  if (systems.length === 0)
    return (
      <>
        <PageHead title={t('overview.title')} />
        <Empty title={t('systems.none')}>{t('systems.noneText')}</Empty>
      </>
    );
  return (
    <>
      <Answer overview={overview} />
      <section className={styles.systems} aria-label={t('overview.systems')}>
        {systems.map((status) => (
          <SystemPanel key={status.system} status={status} />
        ))}
      </section>
      <div className={styles.columns}>
        <div>
          {may('failures.see') && waitingGroups > 0 && <Waiting groups={waiting} total={waitingGroups} />}
          {troubleCount > 0 && <Troubles troubles={troubles} total={troubleCount} />}
        </div>
        <BusyQueues />
      </div>
    </>
  );
}

/** The answer in a sentence, before all evidence. */
function Answer({ overview: { onDuty, systems, waitingGroups, replaysRunning } }: { overview: Overview }) {
  const { t } = useTranslation();
  const paused = systems.filter(({ pauses }) => pauses.length > 0).length;
  const silent = systems.filter(({ silentHours }) => silentHours !== null).length;
  return (
    <div className={styles.answer}>
      <h1>
        {paused > 0 && `${t('overview.paused', { count: paused })} `}
        {silent > 0 && `${t('overview.silentSystems', { count: silent })} `}
        {paused + silent === 0 && `${t('overview.allWork', { count: systems.length })} `}
        {waitingGroups === 0 ? (
          t('overview.nothingWaits')
        ) : (
          <Link to="/failures">{t('overview.waits', { count: waitingGroups })}</Link>
        )}
      </h1>
      {replaysRunning > 0 && <Link to="/replays">{t('overview.replaysRunning', { count: replaysRunning })}</Link>}
      {!onDuty && <StateText state="person">{t('overview.offDuty')}</StateText>}
    </div>
  );
}
