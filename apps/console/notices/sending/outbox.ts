import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Bilingual } from '#contracts';
import { NoticeTroubleRow } from '../../ledger/entities/notices/notice-troubles.js';
import { tell } from '../rules/tell.js';
import type { StandingTrouble } from '../trouble.js';
import type { ChannelName } from './channels.js';
import type { Notice } from './notice.js';

export interface Delivery extends Notice {
  attempts: number;
}

const millisecondsOf = (date: Date | null): number | null => date?.getTime() ?? null;
const dateOf = (milliseconds: number | null): Date | null => (milliseconds === null ? null : new Date(milliseconds));

/** What has been told and what is still to be sent: both are written at once, so that neither is without the other. */
export class Outbox {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the notice that is now to be sent by each channel, if anything is to be told */
  take(
    standing: readonly StandingTrouble[],
    channels: readonly ChannelName[],
    { now, quiet }: { now: Date; quiet: boolean },
  ): Promise<Notice | undefined> {
    return this.dataSource.transaction(async (db) => {
      const rows = await db.getRepository(NoticeTroubleRow).find({ order: { seenAt: 'asc', key: 'asc' } });
      const before = rows.map(({ trouble, seenAt, toldNumber, grownAt, endedAt }) => ({
        ...{ trouble, toldNumber, seenAt: seenAt.getTime() },
        ...{ grownAt: millisecondsOf(grownAt), endedAt: millisecondsOf(endedAt) },
      }));
      const { known, items } = tell(before, standing, { now: now.getTime(), quiet });
      await db.query('delete from console.notice_troubles where key <> all($1::text[])', [
        known.map(({ trouble }) => trouble.key),
      ]);
      await db.getRepository(NoticeTroubleRow).save(
        known.map(({ trouble, toldNumber, seenAt, grownAt, endedAt }) => ({
          ...{ key: trouble.key, trouble, toldNumber, seenAt: new Date(seenAt) },
          ...{ grownAt: dateOf(grownAt), endedAt: dateOf(endedAt) },
        })),
      );
      if (items.length === 0) return undefined;
      const notice = { id: randomUUID(), time: now, items, standing: standing.length };
      await this.put(db, notice, channels);
      return notice;
    });
  }

  private async put(db: EntityManager, notice: Notice, channels: readonly ChannelName[]): Promise<void> {
    const { id, time, items, standing } = notice;
    await db.query('insert into console.notices (id, time, items, standing) values ($1, $2, $3, $4)', [
      ...[id, time, JSON.stringify(items), standing],
    ]);
    await db.query(
      `insert into console.notice_deliveries (notice, channel, next_at)
       select $1, channel, $2 from unnest($3::text[]) as channel`,
      [id, time, [...channels]],
    );
  }

  /** Oldest first. */
  async due(channel: ChannelName, now: Date): Promise<Delivery[]> {
    return (await this.dataSource.query(
      `select n.id, n.time, n.items, n.standing, d.attempts
       from console.notice_deliveries d join console.notices n on n.id = d.notice
       where d.channel = $1 and d.sent_at is null and d.given_up_at is null and d.next_at <= $2
       order by n.time, n.id limit 20`,
      [channel, now],
    )) as Delivery[];
  }

  /** `reason`: whom it did not reach. */
  async sent({ id }: Delivery, channel: ChannelName, now: Date, reason?: Bilingual): Promise<void> {
    await this.dataSource.query(
      `update console.notice_deliveries set attempts = attempts + 1, sent_at = $3, reason = $4
       where notice = $1 and channel = $2`,
      [id, channel, now, reason ? JSON.stringify(reason) : null],
    );
  }

  /** `next` null: it is tried no more. */
  async failed({ id }: Delivery, channel: ChannelName, now: Date, next: Date | null, reason: Bilingual): Promise<void> {
    await this.dataSource.query(
      `update console.notice_deliveries set attempts = attempts + 1, next_at = coalesce($3, next_at),
         given_up_at = case when $3::timestamptz is null then $4::timestamptz end, reason = $5
       where notice = $1 and channel = $2`,
      [id, channel, next, now, JSON.stringify(reason)],
    );
  }

  async forget(before: Date): Promise<void> {
    await this.dataSource.query(
      `with gone as (delete from console.notices where time < $1 returning id)
       delete from console.notice_deliveries d using gone where d.notice = gone.id`,
      [before],
    );
  }
}
