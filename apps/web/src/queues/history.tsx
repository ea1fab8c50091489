import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../parts/chart/chart.js';
import { Known } from '../parts/known.js';
import { historyQuery, type Sample, type Service } from './api.js';
import styles from './queues.module.css';

/** A day of one queue: what waited and was in hand, and what was settled. */
export function History({ system, service }: { system: string; service: Service }) {
  const { t } = useTranslation();
  const query = useQuery(historyQuery(system, service));
  return (
    <Known query={query} rows={4}>
      {(samples) =>
        samples.length < 2 ? (
          <p className={styles.soft}>{t('queues.noHistory')}</p>
        ) : (
          <Day samples={samples} system={system} service={service} />
        )
      }
    </Known>
  );
}

const perMinute = (sample: Sample, key: 'done' | 'retried' | 'died'): number | null =>
  sample[key] === null ? null : Math.round((sample[key] / sample.minutes) * 10) / 10;

function Day({ samples, system, service }: { samples: Sample[]; system: string; service: Service }) {
  const { t } = useTranslation();
  const drawn = useMemo(() => {
    const of = (key: 'ready' | 'inHand') => samples.map((sample) => sample[key]);
    const rate = (key: 'done' | 'retried' | 'died') => samples.map((sample) => perMinute(sample, key));
    return {
      times: samples.map(({ time }) => Date.parse(time)),
      waiting: [
        { name: 'ready', state: 'self' as const, values: of('ready') },
        { name: 'inHand', state: 'well' as const, values: of('inHand') },
      ],
      done: [
        { name: 'done', state: 'well' as const, values: rate('done') },
        { name: 'retried', state: 'self' as const, values: rate('retried') },
        { name: 'died', state: 'person' as const, values: rate('died') },
      ],
    };
  }, [samples]);
  const most = (key: 'ready' | 'inHand') => Math.max(0, ...samples.map((sample) => sample[key] ?? 0));
  const sum = (key: 'done' | 'retried' | 'died') => samples.reduce((all, sample) => all + (sample[key] ?? 0), 0);
  const waitingLabel = t('queues.chartWaiting', { service, system, ready: most('ready'), inHand: most('inHand') });
  const doneLabel = t('queues.chartDone', {
    service,
    system,
    done: sum('done'),
    retried: sum('retried'),
    died: sum('died'),
  });
  return (
    <section className={styles.section}>
      <h2>{t('queues.day')}</h2>
      <h3>{t('queues.waitingDay')}</h3>
      <Chart label={waitingLabel} times={drawn.times} series={drawn.waiting} />
      <p className={styles.soft}>{waitingLabel}</p>
      <h3>{t('queues.doneDay')}</h3>
      <Chart label={doneLabel} times={drawn.times} series={drawn.done} />
      <p className={styles.soft}>{doneLabel}</p>
    </section>
  );
}
