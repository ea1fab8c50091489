import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import {
  ContractError,
  eventTypes,
  makeEvent,
  nothingDone,
  type Bilingual,
  type CloudEvent,
  type Origin,
} from '#contracts';
import { log } from '#platform';

interface Owed {
  id: string;
  system: string;
  service: string;
  code: string;
  revision: string | null;
  seen: string | null;
  origin: Origin | null;
  trace_id: string | null;
  kind: 'contract' | 'crash';
  cause: string;
  about: string;
  reason: Bilingual;
  state: string;
  died: number;
}

const atOnce = 500;

/**
 * Says of messages that killed their process, or broke their contract, that they failed: 1C hears *later*, and the
 * place in the window becomes free. The event's id follows from the death, so saying it twice is saying it once.
 */
export async function tellOn(
  dataSource: DataSource,
  publisher: { publishAll(events: readonly CloudEvent[]): Promise<void> },
): Promise<number> {
  const owed = (await dataSource.query(
    `select f.id, f.system, f.service, f.code, f.revision, k.evidence->>'seen' as seen, f.origin, f.trace_id, f.kind,
       f.cause, f.about, f.reason, f.state, jsonb_array_length(f.deaths) as died
     from console.failures f left join console.known k on k.system = f.system and k.subject = f.subject
     where f.told_on = 'owed' order by f.id limit ${atOnce}`,
  )) as Owed[];
  if (owed.length === 0) return 0;
  const events = owed.flatMap((failure) => eventOf(failure) ?? []);
  await publisher.publishAll(events);
  await dataSource.query(
    `update console.failures f set told_on = case when d.told then 'told' else 'no' end
     from unnest($1::text[], $2::integer[], $3::boolean[]) as d (id, died, told)
     where f.id = d.id and f.told_on = 'owed' and jsonb_array_length(f.deaths) = d.died`,
    [
      owed.map(({ id }) => id),
      owed.map(({ died }) => died),
      owed.map((one) => events.some((event) => isOf(event, one))),
    ],
  );
  return events.length;
}

const idOf = ({ id, died }: Owed): string => createHash('sha256').update(`${id} ${died}`).digest('hex').slice(0, 32);
const isOf = (event: CloudEvent, failure: Owed): boolean => event.id === idOf(failure);

function eventOf(failure: Owed): CloudEvent | undefined {
  const revision = Number(failure.revision ?? failure.seen ?? NaN);
  // Overtaken meanwhile, or of a revision that nobody knows.
  if (!Number.isSafeInteger(revision) || (failure.state !== 'open' && failure.state !== 'replaying')) return undefined;
  try {
    return makeEvent(
      eventTypes.SynchronizationFailed,
      {
        system: failure.system,
        origin: failure.origin ?? 'onec',
        code: failure.code,
        revision,
        stage: failure.service,
        kind: failure.kind,
        cause: failure.cause,
        ...(failure.about && { about: failure.about }),
        reason: failure.reason,
        counts: nothingDone,
        deadLetter: failure.id,
        flaggedBy1C: false,
      },
      {
        service: 'console',
        id: idOf(failure),
        ...(failure.trace_id && { traceparent: `00-${failure.trace_id}-${idOf(failure).slice(0, 16)}-01` }),
      },
    );
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    log('TellOn').warn('it cannot be told whose dead letter this is', { id: failure.id });
    return undefined;
  }
}
