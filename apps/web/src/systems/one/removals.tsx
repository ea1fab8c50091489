import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import { Act } from '../../parts/act/act.js';
import { Known } from '../../parts/known.js';
import { LongText } from '../../parts/text/long-text.js';
import { StateBadge } from '../../parts/state.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { ReadAt } from '../../parts/time/read-at.js';
import { When } from '../../parts/time/when.js';
import { useUser } from '../../sign-in/session.js';
import { removalsQuery, useAnew, type HeldRemovals } from '../api.js';
import styles from './one.module.css';

type Held = HeldRemovals['held'][number];

/** Suspensions that wait for a person's decision. */
export function Removals({ system }: { system: string }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const query = useQuery(removalsQuery(system));
  const columns: Column<Held>[] = [
    { key: 'course', title: t('systems.removals.course'), numeric: true, cell: ({ courseId }) => courseId },
    { key: 'number', title: t('systems.removals.students'), numeric: true, cell: ({ codes }) => codes.length },
    {
      key: 'codes',
      title: t('systems.removals.codes'),
      wide: true,
      cell: ({ codes }) => <LongText mono>{codes.join(' ')}</LongText>,
    },
    {
      key: 'why',
      title: t('systems.removals.why'),
      cell: ({ why, released }) =>
        released ? (
          <StateBadge state="self">{t('systems.removals.released')}</StateBadge>
        ) : (
          <StateBadge state="person">{t(`systems.removals.whys.${why}`)}</StateBadge>
        ),
    },
    { key: 'since', title: t('systems.since'), optional: true, cell: ({ since }) => <When time={since} /> },
  ];
  const { data } = query;
  // most systems hold none: the place is not kept for what will not come
  if (data ? data.held.length === 0 && !data.trouble : !query.error) return null;
  return (
    <section className={styles.section}>
      <h2>{t('systems.removals.title')}</h2>
      <Known query={query} rows={2}>
        {({ waiting, held, ...read }) => (
          <>
            <p>
              {read.readAt &&
                `${waiting > 0 ? t('systems.removals.text', { count: waiting }) : t('systems.removals.none')} `}
              <ReadAt {...read} />
            </p>
            {may('systems.steer') && waiting > 0 && (
              <div className={styles.deeds}>
                <Decide system={system} decision="release" />
                <Decide system={system} decision="discard" />
              </div>
            )}
            {held.length > 0 && (
              <DataTable
                label={t('systems.removals.title')}
                columns={columns}
                rows={held}
                rowKey={({ courseId, why, since }) => `${courseId} ${why} ${since}`}
              />
            )}
          </>
        )}
      </Known>
    </section>
  );
}

function Decide({ system, decision }: { system: string; decision: 'release' | 'discard' }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async (reason: string) => {
    const asked = { params: { path: { system } }, body: { reason } };
    const decided = await ask(
      decision === 'release'
        ? api.POST('/api/systems/{system}/removals/release', asked)
        : api.POST('/api/systems/{system}/removals/discard', asked),
    );
    await anew();
    return decided.state === 'underWay'
      ? t('systems.removals.underWay')
      : t('systems.removals.done', { count: decided.number ?? 0 });
  };
  return (
    <Act
      {...{ run, needsReason: true, label: t(`systems.removals.${decision}`) }}
      title={t(`systems.removals.${decision}Title`)}
      confirm={t(`systems.removals.${decision}Do`)}
    >
      {t(`systems.removals.${decision}Text`)}
    </Act>
  );
}
