import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { Act } from '../parts/act/act.js';
import { Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { When } from '../parts/time/when.js';
import { useUser } from '../sign-in/session.js';
import { useSaid } from '../texts/language.js';
import { colourOf, colourOfReplay, itemStates, replayQuery, totalOf, type Replay } from './api.js';
import { Items } from './items.js';
import { ProgressBar, What } from './parts.js';
import styles from './replays.module.css';

const route = getRouteApi('/inside/replays/$id');

export function ReplayPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(replayQuery(id));
  return (
    <Known query={query} title={t('replays.one.title')}>
      {(replay) => <One replay={replay} />}
    </Known>
  );
}

function One({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const { state: chosen } = route.useSearch();
  const { id, items, state } = replay;
  const number = (of: (typeof itemStates)[number]) => items[of] ?? 0;
  const left = number('waiting') + number('sending') + number('sent');
  return (
    <>
      <PageHead
        title={t('replays.one.title')}
        answer={
          <span className={styles.answer}>
            <StateBadge state={colourOfReplay[state]}>{t(`replays.states.${state}`)}</StateBadge>
            <span>
              {t('replays.one.answer', { succeeded: number('succeeded'), total: totalOf(replay) })}{' '}
              {number('failed') > 0 && t('replays.one.answerFailed', { count: number('failed') })}{' '}
              {left > 0 && t('replays.one.answerLeft', { count: left })}
            </span>
          </span>
        }
      >
        {may('failures.mend') && state === 'running' && <Stop replay={replay} />}
      </PageHead>
      <ProgressBar replay={replay} />
      <Facts replay={replay} />
      <div className={styles.counts}>
        {itemStates
          .filter((each) => number(each) > 0)
          .map((each) => (
            <Link
              key={each}
              to="/replays/$id"
              params={{ id }}
              search={chosen === each ? {} : { state: each }}
              data-chosen={chosen === each || undefined}
            >
              <StateBadge state={colourOf[each]}>
                {t(`replays.items.${each}`)}: {number(each)}
              </StateBadge>
            </Link>
          ))}
      </div>
      <Items id={id} />
    </>
  );
}

const minute = 60_000;

function Facts({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { what, by, createdAt, endedAt, rate, tryFirst, batchSize } = replay;
  const how = [
    ...(tryFirst ? [t('replays.one.tryFirst')] : []),
    rate === null ? t('replays.one.fast') : t('replays.one.rate', { rate }),
    t('replays.one.batch', { count: batchSize }),
  ];
  return (
    <dl className={styles.facts}>
      <dt>{t('replays.what')}</dt>
      <dd>
        <What what={what} />
      </dd>
      <dt>{t('replays.one.how')}</dt>
      <dd>{how.join(', ')}</dd>
      <dt>{t('replays.by')}</dt>
      <dd>
        {by}, <When time={createdAt} />
        {endedAt && Date.parse(endedAt) - Date.parse(createdAt) > minute && (
          <>
            {' '}
            – <When time={endedAt} />
          </>
        )}
      </dd>
      {replay.remark && (
        <>
          <dt>{t('replays.one.remark')}</dt>
          <dd>{said(replay.remark)}</dd>
        </>
      )}
    </dl>
  );
}

function Stop({ replay: { id, items } }: { replay: Replay }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const run = async (reason: string) => {
    const body = reason ? { reason } : {};
    await ask(api.POST('/api/replays/{id}/stop', { params: { path: { id } }, body }));
    await queries.invalidateQueries({ queryKey: ['replays'] });
    return t('replays.one.stopped');
  };
  return (
    <Act
      {...{ run, label: t('replays.one.stop') }}
      title={t('replays.one.stopTitle')}
      confirm={t('replays.one.stopDo')}
    >
      {t('replays.one.stopText', { count: items.waiting ?? 0 })}
    </Act>
  );
}
