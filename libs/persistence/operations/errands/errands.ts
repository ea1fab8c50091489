import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { both, type Bilingual } from '#contracts';
import { log, Troubles } from '#platform';
import { Errand } from '../entities/errand.js';

export interface NewErrand {
  service: string;
  system?: string;
  what: string;
  payload?: unknown;
  /** Who asks. */
  by: string;
}

/** How an errand ended. `waiting`: no process of the service has begun it; `underWay`: one has, and is at it still. */
export type ErrandEnd =
  | { state: 'done'; result: unknown }
  | { state: 'failed'; failure: Bilingual }
  | { state: 'waiting' }
  | { state: 'underWay' };

/** What a service is handed to do. */
export interface ErrandOf {
  id: string;
  system: string | null;
  what: string;
  payload: unknown;
  by: string;
}

/** Milliseconds between two looks; days that a finished errand is kept. */
const look = 1_000;
const keptDays = 30;
/** Milliseconds after which whoever is at an errand says so again; seconds of silence after which nobody is. */
const sayingSo = 2_000;
const underWay = `coalesce(begun_at > now() - interval '15 seconds', false)`;

/**
 * Asks a service for something from outside it. An errand that nobody has begun within `begin` milliseconds is taken
 * back: it must not be done when nobody expects it any more. One that is begun is waited for until `end` milliseconds.
 */
export async function askFor(
  dataSource: DataSource,
  errand: NewErrand,
  { begin, end }: { begin: number; end: number },
): Promise<ErrandEnd> {
  await dataSource.query(
    `delete from operations.errand where coalesce(finished_at, asked_at) < now() - interval '${keptDays} days'`,
  );
  const id = randomUUID();
  await dataSource.query(
    `insert into operations.errand (id, service, system, what, payload, "by", asked_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    [
      id,
      errand.service,
      errand.system ?? null,
      errand.what,
      errand.payload === undefined ? null : JSON.stringify(errand.payload),
      errand.by,
    ],
  );
  const asked = Date.now();
  for (;;) {
    const row = await dataSource.getRepository(Errand).findOneBy({ id });
    if (row?.failure) return { state: 'failed', failure: row.failure };
    if (row?.finishedAt) return { state: 'done', result: row.result };
    const waited = Date.now() - asked;
    if (waited >= begin && (await takeBack(dataSource, id))) return { state: 'waiting' };
    if (waited >= end) return { state: 'underWay' };
    await sleep(100);
  }
}

/** Not from whoever is at it. */
async function takeBack(dataSource: DataSource, id: string): Promise<boolean> {
  const [, deleted] = (await dataSource.query(
    `delete from operations.errand where id = $1 and finished_at is null and not ${underWay}`,
    [id],
  )) as [unknown, number];
  return deleted > 0;
}

/**
 * Looks every second (rarer while the database is away) for errands of this service and does them, one at a time, until `stop` aborts. `mine` says which
 * of them this process can do; the others are left to its replicas. Whoever begins one says so every few seconds, so a
 * process that dies leaves the errand to the next one: the work must bear repetition. No transaction stands meanwhile:
 * the work may wait for long, for 1C or for the broker.
 */
export async function serveErrands(
  dataSource: DataSource,
  service: string,
  handlers: Record<string, (errand: ErrandOf) => Promise<unknown>>,
  stop: AbortSignal,
  mine: (errand: { system: string | null; what: string }) => boolean = () => true,
): Promise<void> {
  const troubles = new Troubles(log('Errands'), 'errands cannot be looked for');
  while (!stop.aborted) {
    let rest = look;
    try {
      const waiting = (await dataSource.query(
        `select id, system, what from operations.errand
         where service = $1 and finished_at is null and what = any($2) order by asked_at`,
        [service, Object.keys(handlers)],
      )) as { id: string; system: string | null; what: string }[];
      troubles.succeeded();
      for (const errand of waiting) if (mine(errand) && !stop.aborted) await serveOne(dataSource, errand.id, handlers);
    } catch (error) {
      rest = troubles.failed(error);
    }
    await sleep(rest, undefined, { signal: stop, ref: false }).catch(() => undefined);
  }
}

async function serveOne(
  dataSource: DataSource,
  id: string,
  handlers: Record<string, (errand: ErrandOf) => Promise<unknown>>,
): Promise<void> {
  const [[errand]] = (await dataSource.query(
    `update operations.errand set begun_at = now() where id = $1 and finished_at is null and not ${underWay}
     returning id, system, what, payload, "by"`,
    [id],
  )) as [ErrandOf[], number];
  if (!errand) return;
  const atIt = setInterval(() => {
    dataSource.query('update operations.errand set begun_at = now() where id = $1', [id]).catch(() => undefined);
  }, sayingSo);
  let result: unknown = null;
  let failure: Bilingual | null = null;
  try {
    result = (await handlers[errand.what]!(errand)) ?? null;
  } catch (error) {
    log('Errands').warn('an errand failed', { what: errand.what, system: errand.system, error });
    failure = reasonOf(error);
  } finally {
    clearInterval(atIt);
  }
  await dataSource.query(
    `update operations.errand set finished_at = now(), payload = null, result = $2, failure = $3 where id = $1`,
    [id, JSON.stringify(result), failure && JSON.stringify(failure)],
  );
  log('Errands').info('errand', { what: errand.what, system: errand.system, by: errand.by, failed: failure !== null });
}

const reasonOf = (error: unknown): Bilingual => {
  const carried = (error as { failure?: { reason?: Bilingual } } | undefined)?.failure?.reason;
  const text = error instanceof Error ? error.message : String(error);
  return carried ?? both(text, text);
};
