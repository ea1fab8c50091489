import type { DataSource } from 'typeorm';
import { withoutAnswer } from './letters.js';

/** No event follows these when they are done: so long after they were put back they are counted as through. */
const quiet = 15_000;
/** An outcome that does not come: the ladder takes an hour and a half, after that the message is either done or dead. */
const ladderOver = 3 * 3_600_000;

/** Letters ended at a time. */
const atOnce = 1_000;

/**
 * Ends the letters of which nothing is heard any more. Should such a letter come back after all, its failure is open
 * again. While the service is paused the time does not count.
 */
export async function settleSilent(dataSource: DataSource, now: number): Promise<void> {
  // Whoever is still waited for must not stand in the way of the others: what is over is chosen there, all of it.
  while ((await settleSome(dataSource, now)) === atOnce);
}

async function settleSome(dataSource: DataSource, now: number): Promise<number> {
  const over = (await dataSource.query(
    `select i.failure
     from console.replay_items i join console.failures f on f.id = i.failure
     where i.state = 'sent' and f.state = 'replaying' and f.replay = i.replay
       and i.sent_at < to_timestamp(case when f.event_type = any($2) then $1::double precision else $3::double precision end / 1000)
       and not exists (select 1 from operations.pause p where p.system = f.system and p.service = f.service)
     order by i.sent_at limit ${atOnce}`,
    [now - quiet, withoutAnswer, now - ladderOver],
  )) as { failure: string }[];
  if (over.length === 0) return 0;
  const ids = over.map(({ failure }) => failure);
  await dataSource.transaction(async (manager) => {
    const [closed] = (await manager.query(
      `update console.failures set state = 'closed', closed_by = 'did not come back', closed_at = now()
       where id = any($1) and state = 'replaying' returning id`,
      [ids],
    )) as [{ id: string }[], number];
    await manager.query(
      `update console.replay_items set state = 'succeeded', said = 'did not come back', ended_at = now()
       where failure = any($1) and state = 'sent'`,
      [closed.map(({ id }) => id)],
    );
  });
  return over.length;
}
