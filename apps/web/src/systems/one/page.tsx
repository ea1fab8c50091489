import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Troubles } from '../../overview/troubles.js';
import { Chart } from '../../parts/chart/chart.js';
import { Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateBadge } from '../../parts/state.js';
import { useUser } from '../../sign-in/session.js';
import type { components } from '../../api/schema.js';
import { systemQuery } from '../api.js';
import { AskAgainOf, AskNow } from '../deeds/ask.js';
import { ClearLostAnswers, ReleaseFlags } from '../deeds/flags.js';
import { PauseSystem, ResumeSystem } from '../deeds/pause.js';
import { Freshness } from '../freshness.js';
import { WholePass } from '../pass.js';
import { PauseLines } from '../pause-line.js';
import { Ways } from '../ways.js';
import { Doctor } from './doctor.js';
import { Removals } from './removals.js';
import styles from './one.module.css';

const route = getRouteApi('/inside/systems/$system');

export function SystemPage() {
  const { system } = route.useParams();
  const query = useQuery(systemQuery(system));
  return (
    <Known query={query} title={system}>
      {(found) => <One found={found} />}
    </Known>
  );
}

function One({ found: { status, troubles, hoursFrom } }: { found: components['schemas']['System'] }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const { system, els, moodle, pauses, fedBy } = status;
  const from1C = fedBy.includes('onec');
  const byPerson = pauses.some(({ kind }) => kind === 'person');
  const held = (check: RegExp) => troubles.some((trouble) => check.test(trouble.check));
  return (
    <>
      <PageHead
        title={
          <>
            {system} <span className={styles.soft}>{els}</span>
          </>
        }
        answer={
          <span className={styles.facts}>
            {pauses.length === 0 && status.silentHours === null && (
              <StateBadge state="well">{t('systems.works')}</StateBadge>
            )}
            <a href={moodle} rel="noreferrer">
              {moodle}
            </a>
            <span className={styles.soft}>
              <Ways of={status} />
            </span>
            <Freshness status={status} always />
          </span>
        }
      >
        {may('failures.mend') && from1C && (
          <>
            <AskNow system={system} />
            <AskAgainOf system={system} />
          </>
        )}
        {may('systems.steer') && (
          <>
            {held(/flag/i) && <ReleaseFlags system={system} />}
            {held(/lost|page/i) && <ClearLostAnswers system={system} />}
            {byPerson ? <ResumeSystem system={system} /> : <PauseSystem system={system} />}
          </>
        )}
      </PageHead>
      <div className={styles.pauses}>
        <PauseLines pauses={pauses} />
      </div>
      {from1C && (
        <section className={styles.section}>
          <h2>{t('systems.pass.title')}</h2>
          <WholePass system={system} />
        </section>
      )}
      <Day byHour={status.byHour} from={hoursFrom} system={system} />
      {troubles.length > 0 && <Troubles troubles={troubles} total={troubles.length} />}
      <Removals system={system} />
      <Doctor system={system} />
    </>
  );
}

const hour = 3_600_000;

function Day({
  byHour,
  from,
  system,
}: {
  byHour: components['schemas']['SystemStatus']['byHour'];
  from: string;
  system: string;
}) {
  const { t } = useTranslation();
  const { synchronized, failed } = byHour;
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  if (sum(synchronized) + sum(failed) === 0) return null;
  const times = synchronized.map((_, index) => Date.parse(from) + index * hour);
  return (
    <section className={styles.section}>
      <h2>{t('overview.day')}</h2>
      <p className={styles.soft}>
        {t('overview.synchronized', { count: sum(synchronized) })}; {t('overview.failures', { count: sum(failed) })}
      </p>
      <Chart
        kind="bars"
        label={t('overview.dayLabel', { system, synchronized: sum(synchronized), failed: sum(failed) })}
        times={times}
        series={[
          // the failed stand before all of that hour: what is seen of the others is what went well
          { name: 'synchronized', state: 'well', values: synchronized.map((number, index) => number + failed[index]!) },
          { name: 'failed', state: 'person', values: failed },
        ]}
      />
    </section>
  );
}
