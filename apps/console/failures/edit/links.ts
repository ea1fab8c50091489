import type { DataSource } from 'typeorm';
import type { ItemState } from '../../ledger/entities/replay-items.js';
import type { FailureRow } from '../../ledger/entities/failures.js';
import type { Evidence } from '../evidence.js';

/** What became of an edited message. `overtaken`: a newer revision of the student stands. */
export const editOutcomes = ['waiting', 'underWay', 'synchronized', 'failed', 'overtaken', 'notSent'] as const;
export type EditOutcome = (typeof editOutcomes)[number];

interface Linked {
  failure: string;
  event: string;
  replay: string;
  revision: string;
  by: string;
  time: Date;
  fields: string[];
  state: ItemState | null;
  evidence: Evidence | null;
  failures: string[] | null;
}

const linked = `select e.failure, e.event_id as event, e.replay, e.revision, e."by", e.time, e.fields, i.state, k.evidence,
    (select array_agg(f.id order by f.last_seen desc) from console.failures f
     where f.system = e.system and f.subject = e.subject and f.revision = e.revision) as failures
  from console.edits e left join console.replay_items i on i.replay = e.replay and i.failure = e.failure
  left join console.known k on k.system = e.system and k.subject = e.subject`;

function outcomeOf({ state, revision, evidence }: Linked): EditOutcome {
  const { outcome, seen = 0 } = evidence ?? {};
  if (outcome?.revision === Number(revision)) return outcome.is === 'synchronized' ? 'synchronized' : 'failed';
  if (seen > Number(revision)) return 'overtaken';
  if (state === 'waiting' || state === 'sending') return 'waiting';
  if (state === 'stopped' || state === 'failed') return 'notSent';
  return state === 'superseded' ? 'overtaken' : 'underWay';
}

/** How a failure hangs together with others by edits: what it was edited to, newest first, and what it came from. */
export async function editsOf(dataSource: DataSource, { id, system, subject, revision }: FailureRow) {
  const [to, from] = (await Promise.all([
    dataSource.query(`${linked} where e.failure = $1 order by e.time desc`, [id]),
    dataSource.query(
      `${linked} where e.system = $1 and e.subject = $2 and e.revision = $3 and e.failure <> $4 limit 1`,
      [system, subject, revision, id],
    ),
  ])) as [Linked[], Linked[]];
  const [origin] = from;
  return {
    edits: to.map((one) => ({
      ...{ event: one.event, replay: one.replay, by: one.by, time: one.time, fields: one.fields },
      revision: Number(one.revision),
      outcome: outcomeOf(one),
      failures: one.failures ?? [],
    })),
    editedFrom: origin ? { failure: origin.failure, by: origin.by, time: origin.time, fields: origin.fields } : null,
  };
}
