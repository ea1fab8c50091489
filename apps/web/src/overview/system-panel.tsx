import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Trend } from '../parts/chart/trend.js';
import { StateBadge, StateText } from '../parts/state.js';
import { count } from '../parts/time/moment.js';
import { When } from '../parts/time/when.js';
import { useUser } from '../sign-in/session.js';
import { AskNow } from '../systems/deeds/ask.js';
import { PauseSystem, ResumeSystem } from '../systems/deeds/pause.js';
import { Freshness } from '../systems/freshness.js';
import { Pass } from '../systems/pass.js';
import { PauseLines } from '../systems/pause-line.js';
import { useLanguage } from '../texts/language.js';
import type { SystemStatus } from './api.js';
import styles from './overview.module.css';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** One system on the overview: how many are as 1C wants them, what stands in the way, and what can be done at once. */
export function SystemPanel({ status }: { status: SystemStatus }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { may } = useUser();
  const { system, els, pauses, missing, byHour } = status;
  const from1C = status.fedBy.includes('onec');
  const byPerson = pauses.some(({ kind }) => kind === 'person');
  const done = sum(byHour.synchronized);
  const failed = sum(byHour.failed);
  return (
    <div className={styles.panel}>
      <div className={styles.name}>
        <h2>
          <Link to="/systems/$system" params={{ system }}>
            {system}
          </Link>{' '}
          <span className={styles.soft}>{els}</span>
        </h2>
        {pauses.length === 0 ? (
          status.silentHours === null && <StateBadge state="well">{t('systems.works')}</StateBadge>
        ) : (
          <StateBadge state={byPerson ? 'paused' : 'self'}>
            {t(`systems.pauseKinds.${byPerson ? 'person' : pauses[0]!.kind}`)}
          </StateBadge>
        )}
        <span className={styles.deeds}>
          {may('failures.mend') && from1C && <AskNow system={system} />}
          {may('systems.steer') && (byPerson ? <ResumeSystem system={system} /> : <PauseSystem system={system} />)}
        </span>
      </div>
      <PauseLines pauses={pauses} />
      <Students status={status} />
      <Pass system={system} />
      <div className={styles.facts}>
        {from1C && <LastWord status={status} />}
        <Freshness status={status} />
        {missing > 0 && <StateText state="self">{t('overview.lost', { count: missing })}</StateText>}
        <span className={styles.day} title={t('overview.dayLabel', { system, synchronized: done, failed })}>
          {t('overview.day')}
          <Trend values={byHour.synchronized} state="well" label={t('overview.synchronized', { count: done })} />
          <span>{count(done, language)}</span>
          {failed > 0 && (
            <>
              <Trend values={byHour.failed} state="person" label={t('overview.failures', { count: failed })} />
              <span>{count(failed, language)}</span>
            </>
          )}
        </span>
      </div>
    </div>
  );
}

function LastWord({ status: { lastReported } }: { status: SystemStatus }) {
  const { t } = useTranslation();
  if (!lastReported) return <span>{t('overview.neverTold')}</span>;
  return (
    <span>
      {t('overview.lastWord')} <When time={lastReported} />
    </span>
  );
}

function Students({ status: { system, students, perMinute, fedBy } }: { status: SystemStatus }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { known, synchronized, failed } = students;
  const from1C = fedBy.includes('onec');
  if (known === 0) return <p className={styles.soft}>{t(from1C ? 'overview.noStudents' : 'overview.noneInFiles')}</p>;
  const label = t(from1C ? 'overview.students' : 'overview.personsOfFiles', {
    ...{ synchronized: count(synchronized, language), known: count(known, language) },
  });
  return (
    <div className={styles.progress}>
      <span>{label}</span>
      {failed > 0 && (
        <Link to="/failures" search={{ view: 'list', system }}>
          <StateText state="person">{t('overview.failed', { count: failed })}</StateText>
        </Link>
      )}
      <span className={styles.bar} role="img" aria-label={label}>
        <span style={{ width: `${(synchronized / known) * 100}%` }} data-state="well" />
        <span style={{ width: `${(failed / known) * 100}%` }} data-state="person" />
      </span>
      <span>{Math.floor((synchronized / known) * 100)} %</span>
      {perMinute > 0 && (
        <span className={styles.soft}>{t('overview.rate', { rate: count(Math.round(perMinute), language) })}</span>
      )}
    </div>
  );
}
