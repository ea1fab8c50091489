import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateBadge } from '../../parts/state.js';
import { Pages } from '../../parts/table/pages.js';
import { Since } from '../../parts/time/when.js';
import { useUser } from '../../sign-in/session.js';
import { groupsQuery, isMendedIn1C, listQuery, type Group } from '../api.js';
import { AskAgain } from '../deeds/ask.js';
import { Archive, Note } from '../deeds/put-aside.js';
import { Replay, TryOne } from '../deeds/replay.js';
import { FailureTable } from '../failure-table.js';
import { Cure, DayTrend, useCause } from '../parts.js';
import styles from './group.module.css';

const route = getRouteApi('/inside/failures/group/$group');

/** One cause and everybody whom it concerns. */
export function GroupPage() {
  const { t } = useTranslation();
  const { group } = route.useParams();
  const query = useQuery(groupsQuery({ group }));
  return (
    <Known query={query} title={t('failures.one.group')}>
      {({ groups: [found] }) =>
        found ? (
          <>
            <Head group={found} />
            <Members group={group} />
          </>
        ) : (
          <>
            <PageHead title={t('failures.groupGone')} />
            <Empty title={t('failures.groupGoneText')}>
              <Link to="/failures">{t('failures.title')}</Link>
            </Empty>
          </>
        )
      }
    </Known>
  );
}

function Head({ group }: { group: Group }) {
  const { t } = useTranslation();
  const causeOf = useCause();
  const { may } = useUser();
  const { system, service, kind, failures, students, shared, replaying, firstSeen, trend, cure } = group;
  const open = failures - replaying;
  const chosen = { selection: { group: group.group }, number: open };
  const in1C = isMendedIn1C({ kind });
  return (
    <>
      <PageHead
        title={<bdi>{causeOf(group)}</bdi>}
        answer={
          <span className={styles.facts}>
            <StateBadge state={open > 0 ? 'person' : 'self'}>
              {open > 0 ? t('failures.answer', { count: students }) : t('failures.replaying', { count: replaying })}
            </StateBadge>
            <span>
              {system} · {service} · {t(`failures.kinds.${kind}`)} · {t('failures.sinceText')}{' '}
              <Since time={firstSeen} />
            </span>
            {open > 0 && replaying > 0 && <span>{t('failures.replaying', { count: replaying })}</span>}
            {shared > 0 && <span>{t('failures.shared', { count: shared })}</span>}
            <DayTrend values={trend} />
          </span>
        }
      />
      <Cure cure={cure} kind={kind} />
      {may('failures.mend') && (
        <div className={styles.deeds}>
          <Replay chosen={chosen} variant={in1C ? 'default' : 'filled'} />
          {open > 1 && <TryOne chosen={chosen} />}
          <AskAgain chosen={{ ...chosen, number: failures }} variant={in1C ? 'filled' : 'default'} />
          <Archive chosen={chosen} />
          <Note chosen={{ ...chosen, number: failures }} />
        </div>
      )}
    </>
  );
}

function Members({ group }: { group: string }) {
  const { t } = useTranslation();
  const { after } = route.useSearch();
  const query = useQuery(listQuery({ group, ...(after && { after }) }));
  return (
    <Known query={query}>
      {({ failures, total, next }) => (
        <>
          <FailureTable failures={failures} asked={`${group} ${after}`} withCause={false} />
          <Pages
            total={total}
            first={
              after !== undefined && (
                <Link to="/failures/group/$group" params={{ group }}>
                  {t('parts.first')}
                </Link>
              )
            }
            next={
              next !== undefined && (
                <Link to="/failures/group/$group" params={{ group }} search={{ after: next }}>
                  {t('parts.next')}
                </Link>
              )
            }
          />
        </>
      )}
    </Known>
  );
}
