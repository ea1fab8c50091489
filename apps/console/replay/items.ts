import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import { inRow, shortBilingual } from '../http/cut.js';
import type { ItemState } from '../ledger/entities/replay-items.js';

/** One letter of a job. What is absent has been forgotten with its failure. */
export interface Item {
  failure: string;
  position: number;
  state: ItemState;
  /** Why it failed again, or what came of it. */
  remark: string | null;
  sentAt: Date | null;
  endedAt: Date | null;
  system: string | null;
  code: string | null;
  reason: Bilingual | null;
}

/** In the order in which they go, from behind the position. */
export const pageOfItems = (
  dataSource: DataSource,
  replay: string,
  { states, limit, after = 0 }: { states?: readonly ItemState[]; limit: number; after?: number },
): Promise<Item[]> =>
  dataSource.query(
    `select i.failure, i.position, i.state, left(i.said, ${inRow + 1}) as remark, i.sent_at as "sentAt", i.ended_at as "endedAt", f.system, f.code,
       ${shortBilingual('f.reason')} as reason
     from console.replay_items i left join console.failures f on f.id = i.failure
     where i.replay = $1 and i.position > $2 and ($3::text[] is null or i.state = any($3))
     order by i.position limit $4`,
    [replay, after, states ?? null, limit],
  );
