import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import { Trouble } from '#persistence';
import { universityZone, type Configuration } from '#platform';
import { HeartbeatRow } from '../ledger/entities/notices/heartbeat.js';
import type { NoticeDeliveryRow } from '../ledger/entities/notices/notice-deliveries.js';
import { NoticeTroubleRow } from '../ledger/entities/notices/notice-troubles.js';
import type { Item } from './rules/tell.js';
import type { ChannelName } from './sending/channels.js';
import { ownTrouble, type OwnTrouble } from './sending/sender.js';
import { channelsOf } from './sending/settings.js';
import { readStanding } from './standing/standing.js';
import { textOf } from './standing/words.js';
import type { StandingTrouble } from './trouble.js';

export type Told = Pick<NoticeDeliveryRow, 'channel' | 'attempts' | 'sentAt' | 'givenUpAt' | 'nextAt' | 'reason'>;

interface ToldNotice {
  id: string;
  time: Date;
  items: Item[];
  deliveries: Told[];
}

/** Notices of the past that are shown. */
const shown = 20;
/** Of what one notice tells. */
const atMost = 10;

export interface Page {
  from: number;
  limit: number;
}

const inWords = (trouble: StandingTrouble): StandingTrouble & { text: Bilingual } => ({
  ...trouble,
  text: textOf(trouble),
});

/** What stands, what was told, to whom, and what is wrong with the telling. `may`: which systems are shown. */
export async function readNotices(
  dataSource: DataSource,
  configuration: Pick<Configuration, 'systems' | 'console'>,
  { from, limit }: Page,
  may: (system: string) => boolean = () => true,
) {
  const [standing, known, told, sent, troubles, heartbeat] = await Promise.all([
    readStanding(dataSource, configuration),
    dataSource.getRepository(NoticeTroubleRow).find(),
    toldNotices(dataSource),
    dataSource.query('select channel, max(sent_at) as last from console.notice_deliveries group by channel') as Promise<
      { channel: ChannelName; last: Date | null }[]
    >,
    dataSource.getRepository(Trouble).findBy({ service: ownTrouble('mail').service }),
    dataSource.getRepository(HeartbeatRow).findOneBy({ id: 1 }),
  ]);
  const { quietHours, heartbeat: watch } = configuration.console.notices;
  const isShown = ({ system }: StandingTrouble): boolean => system === '' || may(system);
  const own = standing.filter(isShown);
  const toldKeys = new Set(known.flatMap(({ key, toldNumber }) => (toldNumber === null ? [] : [key])));
  const troubleOf = (channel: OwnTrouble) => troubles.find(({ check }) => check === ownTrouble(channel).check) ?? null;
  return {
    zone: universityZone(configuration),
    quietHours: quietHours ?? null,
    channels: channelsOf(configuration).map(({ name, to }) => ({
      channel: name,
      to,
      lastSent: sent.find(({ channel }) => channel === name)?.last ?? null,
      trouble: troubleOf(name),
    })),
    heartbeat: watch
      ? {
          to: new URL(watch.url).host,
          every: watch.every,
          lastCalled: heartbeat?.calledAt ?? null,
          trouble: troubleOf('heartbeat'),
        }
      : null,
    standingTotal: own.length,
    standing: own
      .slice(from, from + limit)
      .map((trouble) => ({ ...inWords(trouble), told: toldKeys.has(trouble.key) })),
    notices: told.flatMap(({ items, ...notice }) => {
      const seen = items.filter(({ trouble }) => isShown(trouble));
      if (seen.length === 0) return [];
      const first = seen.slice(0, atMost).map(({ change, trouble }) => ({ change, ...inWords(trouble) }));
      return [{ ...notice, items: first, more: seen.length - first.length }];
    }),
  };
}

/** Newest first. */
async function toldNotices(dataSource: DataSource): Promise<ToldNotice[]> {
  const notices = (await dataSource.query(
    'select id, time, items from console.notices order by time desc, id limit $1',
    [shown],
  )) as Omit<ToldNotice, 'deliveries'>[];
  const deliveries = (await dataSource.query(
    `select notice, channel, attempts, sent_at as "sentAt", given_up_at as "givenUpAt", next_at as "nextAt", reason
     from console.notice_deliveries where notice = any($1::uuid[]) order by channel`,
    [notices.map(({ id }) => id)],
  )) as (Told & { notice: string })[];
  return notices.map((notice) => ({
    ...notice,
    deliveries: deliveries.filter((delivery) => delivery.notice === notice.id),
  }));
}
