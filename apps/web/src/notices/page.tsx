import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { Pages } from '../parts/table/pages.js';
import { Since, When } from '../parts/time/when.js';
import { readFailuresSearch } from '../failures/search.js';
import { useUser } from '../sign-in/session.js';
import { useSaid } from '../texts/language.js';
import { noticesQuery, ofPage, type Notice, type Notices, type Standing } from './api.js';
import { Channels, SendTest } from './channels.js';
import styles from './notices.module.css';

const route = getRouteApi('/inside/notices');

/** What waits for a person, and who was told of it. */
export function NoticesPage() {
  const { t } = useTranslation();
  const { may } = useUser();
  const { from = 0 } = route.useSearch();
  const query = useQuery(noticesQuery(from));
  return (
    <Known query={query} title={t('notices.title')}>
      {(notices) => (
        <>
          <PageHead title={t('notices.title')} answer={t('notices.answer', { count: notices.standingTotal })}>
            {may('notices.test') && notices.channels.length > 0 && <SendTest channels={notices.channels} />}
          </PageHead>
          <Channels {...notices} />
          <section className={styles.section}>
            <h2>{t('notices.standing')}</h2>
            {notices.standingTotal === 0 ? (
              <Empty title={t('notices.nothingStands')} />
            ) : (
              <StandingTable {...notices} />
            )}
            {notices.standingTotal > ofPage && (
              <Pages
                total={notices.standingTotal}
                first={from > 0 && <Link to="/notices">{t('parts.first')}</Link>}
                next={
                  from + ofPage < notices.standingTotal && (
                    <Link to="/notices" search={{ from: from + ofPage }}>
                      {t('parts.next')}
                    </Link>
                  )
                }
              />
            )}
          </section>
          <section className={styles.section}>
            <h2>{t('notices.history')}</h2>
            {notices.notices.length === 0 ? (
              <Empty title={t('notices.nothingTold')} />
            ) : (
              <History notices={notices.notices} />
            )}
          </section>
        </>
      )}
    </Known>
  );
}

function StandingTable({ standing, channels }: Pick<Notices, 'standing' | 'channels'>) {
  const { t } = useTranslation();
  const said = useSaid();
  const wasTold: Column<Standing> = {
    key: 'told',
    title: t('notices.told'),
    cell: ({ told }) => (
      <StateBadge state={told ? 'done' : 'self'}>{t(told ? 'notices.toldYes' : 'notices.toldNo')}</StateBadge>
    ),
  };
  const columns: Column<Standing>[] = [
    { key: 'system', title: t('notices.system'), cell: ({ system }) => system || t('notices.all') },
    {
      key: 'what',
      title: t('notices.what'),
      wide: true,
      cell: ({ page, text }) => <ToPage page={page}>{said(text)}</ToPage>,
    },
    { key: 'since', title: t('notices.since'), cell: ({ since }) => <Since time={since} /> },
    // Where nobody is told anything, "not yet" would promise something.
    ...(channels.length === 0 ? [] : [wasTold]),
  ];
  return <DataTable label={t('notices.standing')} columns={columns} rows={standing} rowKey={({ key }) => key} />;
}

function History({ notices }: { notices: Notice[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  const columns: Column<Notice>[] = [
    { key: 'time', title: t('notices.when'), cell: ({ time }) => <When time={time} /> },
    {
      key: 'what',
      title: t('notices.what'),
      wide: true,
      cell: ({ items, more }) => (
        <ul className={styles.list}>
          {items.map(({ change, key, page, system, text }) => (
            <li key={key}>
              <StateBadge state={change === 'ended' ? 'well' : 'person'}>{t(`notices.change.${change}`)}</StateBadge>{' '}
              {system && `${system}: `}
              <ToPage page={page}>{said(text)}</ToPage>
            </li>
          ))}
          {more > 0 && <li>{t('notices.more', { count: more })}</li>}
        </ul>
      ),
    },
    {
      key: 'how',
      title: t('notices.how'),
      cell: ({ deliveries }) => (
        <ul className={styles.list}>
          {deliveries.map(({ channel, sentAt, givenUpAt, reason }) => (
            <li key={channel}>
              <StateBadge state={sentAt ? 'done' : givenUpAt ? 'person' : 'self'}>
                {t(`notices.channel.${channel}`)}:{' '}
                {t(sentAt ? 'notices.sent' : givenUpAt ? 'notices.givenUp' : 'notices.waits')}
              </StateBadge>
              {reason && <div className={styles.soft}>{said(reason)}</div>}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return <DataTable label={t('notices.history')} columns={columns} rows={notices} rowKey={({ id }) => id} />;
}

/** A link to the page that a trouble names. */
function ToPage({ page, children }: { page: string; children: ReactNode }) {
  const { pathname, searchParams } = new URL(page, 'http://console.invalid');
  const [, room, ...rest] = pathname.split('/');
  const last = rest.at(-1) ?? '';
  if (room === 'systems')
    return (
      <Link to="/systems/$system" params={{ system: last }}>
        {children}
      </Link>
    );
  if (room === 'failures' && rest.length === 2)
    return (
      <Link to="/failures/group/$group" params={{ group: last }}>
        {children}
      </Link>
    );
  if (room === 'failures')
    return (
      <Link to="/failures" search={readFailuresSearch(Object.fromEntries(searchParams))}>
        {children}
      </Link>
    );
  return <Link to="/">{children}</Link>;
}
