import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Bilingual } from '#contracts';
import type { ItemState } from '../ledger/entities/replay-items.js';
import { conditionOf, type Selection } from '../failures/desk/selection.js';

export interface Order {
  selection: Selection;
  by: string;
  /** No more than so many, the oldest first. */
  limit?: number;
  /** Messages in one flight. */
  batchSize?: number;
  /** Messages a second at the most. */
  rate?: number;
  /** One goes first; the others follow when it is through, and not at all when it fails again. */
  tryFirst?: boolean;
}

export interface Ordered {
  id: string;
  /** Letters that this job will put back. */
  taken: number;
  /** Chosen too, but already on their way in another job. */
  underWay: number;
  /** Chosen too, but without a message: 1C itself found the fault, and only 1C can be asked again. */
  withoutMessage: number;
}

export interface Progress {
  id: string;
  by: string;
  what: Selection;
  state: 'running' | 'stopped' | 'done';
  remark: Bilingual | null;
  batchSize: number;
  rate: number | null;
  tryFirst: boolean;
  createdAt: Date;
  endedAt: Date | null;
  /** Letters by what became of them. `sent`: the outcome is not known yet. */
  items: Record<ItemState, number>;
}

export const largestBatch = 1_000;
const usualBatch = 200;

/** Does the job touch other systems than these? */
export async function touchesOthers(dataSource: DataSource, id: string, systems: readonly string[]): Promise<boolean> {
  const rows = (await dataSource.query(
    `select from console.replay_items i join console.failures f on f.id = i.failure
     where i.replay = $1 and f.system <> all($2::text[]) limit 1`,
    [id, systems],
  )) as unknown[];
  return rows.length > 0;
}

/** What stopped jobs have not sent is open again. */
async function release(manager: EntityManager): Promise<number> {
  const [items] = (await manager.query(
    `update console.replay_items i set state = 'stopped', ended_at = now() from console.replays r
     where r.id = i.replay and r.state = 'stopped' and i.state = 'waiting' returning i.failure, i.replay`,
  )) as [{ failure: string; replay: string }[], number];
  await manager.query(
    `update console.failures f set state = 'open' from unnest($1::text[], $2::uuid[]) as i (failure, replay)
     where f.id = i.failure and f.state = 'replaying' and f.replay = i.replay`,
    [items.map(({ failure }) => failure), items.map(({ replay }) => replay)],
  );
  return items.length;
}

/** Takes every open failure that is chosen; what another job has taken stays its own. */
export async function orderWithin(
  manager: EntityManager,
  { selection, by, limit, batchSize = usualBatch, rate, tryFirst = false }: Order,
): Promise<Ordered> {
  const id = randomUUID();
  const counting: unknown[] = [];
  const [others] = (await manager.query(
    `select count(*) filter (where f.state = 'replaying')::int as "underWay",
       count(*) filter (where f.state = 'open' and f.body is null)::int as "withoutMessage"
     from console.failures f where ${conditionOf({ ...selection, states: ['open', 'replaying'] }, counting)}`,
    counting,
  )) as { underWay: number; withoutMessage: number }[];
  const parameters: unknown[] = [id, limit ?? null];
  const [rows] = (await manager.query(
    // Materialized: else the planner may ask for the chosen ones more than once, and get more than the limit.
    `with chosen as materialized (
       select f.id from console.failures f
       where f.body is not null and ${conditionOf({ ...selection, states: ['open'] }, parameters)}
       order by f.first_seen, f.id limit $2 for update)
     update console.failures f set state = 'replaying', replay = $1 from chosen
     where f.id = chosen.id and f.state = 'open' returning f.id, f.first_seen`,
    parameters,
  )) as [{ id: string; first_seen: Date }[], number];
  const taken = [...rows].sort((a, b) => a.first_seen.getTime() - b.first_seen.getTime() || (a.id < b.id ? -1 : 1));
  await manager.query(
    `insert into console.replays (id, "by", what, batch_size, rate, try_first, tried, state, created_at, ended_at)
     values ($1, $2, $3, $4, $5, $6, not $6, $7, now(), case when $7 = 'done' then now() end)`,
    [
      id,
      by,
      JSON.stringify(selection),
      Math.min(largestBatch, Math.max(1, Math.floor(batchSize))),
      rate ?? null,
      tryFirst,
      taken.length === 0 ? 'done' : 'running',
    ],
  );
  await manager.query(
    `insert into console.replay_items (replay, failure, position, state)
     select $1, failure, position, 'waiting' from unnest($2::text[]) with ordinality as c (failure, position)`,
    [id, taken.map((row) => row.id)],
  );
  return { id, taken: taken.length, ...others! };
}

/** Replay jobs, as people order and see them. The console's runner works them off. */
export class Replays {
  constructor(private readonly dataSource: DataSource) {}

  order(order: Order): Promise<Ordered> {
    return this.dataSource.transaction((manager) => orderWithin(manager, order));
  }

  /** At once: what is not sent yet is open again. What is in flight goes on. @returns how many were kept back */
  async stop(id: string, remark: Bilingual): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const [stopped] = (await manager.query(
        `update console.replays set state = 'stopped', said = $2, ended_at = now()
         where state = 'running' and id = $1 returning id`,
        [id, JSON.stringify(remark)],
      )) as [{ id: string }[], number];
      return stopped.length === 0 ? 0 : release(manager);
    });
  }

  /** Letters of stopped jobs that were in flight, and that the broker did not take. */
  async releaseStopped(): Promise<void> {
    await this.dataSource.transaction(release);
  }

  /** Newest first. `id` or the beginning of one; `systems`: those that touch one of these; `before` a moment. */
  async list(limit = 20, id = '', systems?: readonly string[], before?: Date): Promise<Progress[]> {
    const rows = (await this.dataSource.query(
      `select r.id, r."by", r.what, r.state, r.said as remark, r.batch_size as "batchSize", r.rate, r.try_first as "tryFirst",
         r.created_at as "createdAt", r.ended_at as "endedAt",
         (select coalesce(jsonb_object_agg(state, number), '{}')
          from (select state, count(*) as number from console.replay_items i where i.replay = r.id group by state) s) as items
       from console.replays r
       where starts_with(r.id::text, $2) and ($4::timestamptz is null or r.created_at < $4)
         and ($3::text[] is null or exists (select from console.replay_items i join console.failures f on f.id = i.failure
           where i.replay = r.id and f.system = any($3)))
       order by r.created_at desc limit $1`,
      [limit, id, systems ?? null, before ?? null],
    )) as (Omit<Progress, 'items'> & { items: Partial<Progress['items']> })[];
    return rows.map((row) => ({
      ...row,
      items: { waiting: 0, sending: 0, sent: 0, succeeded: 0, failed: 0, superseded: 0, stopped: 0, ...row.items },
    }));
  }
}
