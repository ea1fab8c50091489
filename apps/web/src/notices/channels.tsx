import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { Act } from '../parts/act/act.js';
import { StateBadge } from '../parts/state.js';
import { LongText } from '../parts/text/long-text.js';
import { When } from '../parts/time/when.js';
import { useUser } from '../sign-in/session.js';
import { useSaid } from '../texts/language.js';
import type { Notices, TellingTrouble } from './api.js';
import { FirstWords } from './first-words.js';
import styles from './notices.module.css';

/** To whom notices go, and whether they arrive. */
export function Channels({ channels, heartbeat, quietHours, zone }: Notices) {
  const { t } = useTranslation();
  const { may } = useUser();
  const nobody = channels.length === 0;
  return (
    <section className={styles.section}>
      <h2>{t('notices.channels')}</h2>
      {nobody && (may('notices.test') ? <FirstWords /> : <p className={styles.soft}>{t('notices.nobody')}</p>)}
      <ul className={styles.list}>
        {channels.map(({ channel, to, lastSent, trouble }) => (
          <One key={channel} name={t(`notices.channel.${channel}`)} to={to.join(', ')} {...{ trouble, time: lastSent }}>
            {t('notices.lastSent')}
          </One>
        ))}
        {heartbeat && (
          <One name={t('notices.heartbeat')} to={heartbeat.to} trouble={heartbeat.trouble} time={heartbeat.lastCalled}>
            {t('notices.lastCalled')}
          </One>
        )}
      </ul>
      {!nobody && !heartbeat && <p className={styles.soft}>{t('notices.noHeartbeat')}</p>}
      {quietHours && <p className={styles.soft}>{t('notices.quiet', { ...quietHours, zone })}</p>}
    </section>
  );
}

interface OneProps {
  name: string;
  to: string;
  time: string | null;
  trouble: TellingTrouble | null;
  /** What the time is of. */
  children: ReactNode;
}

function One({ name, to, time, trouble, children }: OneProps) {
  const { t } = useTranslation();
  const said = useSaid(Infinity);
  return (
    <li className={styles.channel}>
      <StateBadge state={trouble ? 'person' : 'well'}>
        {t(trouble ? 'notices.fails' : time ? 'notices.works' : 'notices.untried')}
      </StateBadge>
      <span>
        {name}: <bdi>{to}</bdi>
      </span>
      {time && (
        <span className={styles.soft}>
          {children} <When time={time} />
        </span>
      )}
      {trouble && (
        <div>
          <LongText>{said(trouble.what)}</LongText>{' '}
          <span className={styles.soft}>
            <LongText>{said(trouble.mend)}</LongText>
          </span>
        </div>
      )}
    </li>
  );
}

export function SendTest({ channels }: Pick<Notices, 'channels'>) {
  const { t } = useTranslation();
  const said = useSaid();
  const queries = useQueryClient();
  const run = async () => {
    const { tried } = await ask(api.POST('/api/notices/test'));
    await queries.invalidateQueries({ queryKey: ['overview'] });
    const failed = tried.flatMap(({ failure }) => (failure ? [said(failure)] : []));
    return failed.length === 0 ? t('notices.testDone') : `${t('notices.testFailed')} ${failed.join('; ')}`;
  };
  return (
    <Act {...{ run, label: t('notices.test') }} title={t('notices.testTitle')} confirm={t('notices.test')}>
      {t('notices.testText')} <bdi>{channels.flatMap(({ to }) => to).join(', ')}</bdi>
    </Act>
  );
}
