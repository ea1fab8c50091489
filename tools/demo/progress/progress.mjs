/**
 * @import pg from 'pg'
 * @import { Bilingual } from '../../../libs/contracts/bilingual.js'
 *
 * @typedef {{ total: number, done: number, error: number, later: number }} Progress Students times systems; total 0
 *   until 1C's data have been read.
 * @typedef {{ rate: number, secondsLeft?: number }} PaceNow No time left where nothing can be said yet.
 * @typedef {{ system: string, service: string, reason: Bilingual, cure?: Bilingual | null }} Pause
 */

/**
 * How far the first round is, read from the database: with our own 1C component by its Synchronization register,
 * with a foreign 1C by what it was last told.
 */
const componentQuery = `
  select (select count(*) from onec_component.students s
           where (select st.status from onec_component.student_statuses st
                   where st.student = s.code order by st.period desc, st.line limit 1) = 'Continues Education')::int
         * (select count(*) from onec_component.systems)::int as total,
         (select count(*) from (select distinct system, student from onec_component.synchronization) f)::int as done,
         (select count(*) from (select distinct system, student from onec_component.synchronization where error) f)::int
           as error`;
const foreignQuery = `
  select (select count(*) from onec_poller.students)::int as total, count(*)::int as done,
         (count(*) filter (where told = 'error'))::int as error
    from operations.told`;
const laterQuery = `select (count(*) filter (where told = 'later'))::int as later from operations.told`;

/**
 * Undefined as long as the services have not made their tables.
 * @param {pg.Client} client
 * @param {string} query
 */
async function firstRow(client, query) {
  try {
    return (await client.query(query)).rows[0];
  } catch (error) {
    // no such table, no such schema
    if (['42P01', '3F000'].includes(/** @type {pg.DatabaseError} */ (error).code ?? '')) return undefined;
    throw error;
  }
}

/**
 * @param {pg.Client} client
 * @param {{ component: boolean }} source
 * @returns {Promise<Progress>}
 */
export async function readProgress(client, { component }) {
  const counts = await firstRow(client, component ? componentQuery : foreignQuery);
  const told = await firstRow(client, laterQuery);
  return { total: 0, done: 0, error: 0, later: 0, ...counts, ...told };
}

/**
 * Why some services wait, as an operator would read it.
 * @param {pg.Client} client
 * @returns {Promise<Pause[]>}
 */
export async function readPauses(client) {
  const found = await firstRow(
    client,
    `select coalesce(jsonb_agg(jsonb_build_object('system', system, 'service', service, 'reason', reason, 'cure', cure)
                     order by since), '[]') as pauses from operations.pause`,
  );
  return found?.pauses ?? [];
}

/** The rate is that of the last seconds, not since the start: the first students wait for everything to warm up. */
const spanMs = 10_000;

export class Pace {
  /** @type {{ done: number, now: number }[]} */
  #samples = [];

  /**
   * @param {number} done
   * @param {number} total
   * @param {number} now
   * @returns {PaceNow}
   */
  note(done, total, now) {
    this.#samples.push({ done, now });
    const older = () => this.#samples.length > 2 && (this.#samples[1]?.now ?? now) <= now - spanMs;
    while (older()) this.#samples.shift();
    const [first = { done, now }] = this.#samples;
    const seconds = (now - first.now) / 1000;
    const rate = seconds > 0 ? (done - first.done) / seconds : 0;
    const secondsLeft = rate > 0 && total ? Math.ceil(Math.max(0, total - done) / rate) : undefined;
    return { rate, secondsLeft };
  }
}

const bar = (/** @type {number} */ share, width = 24) => '█'.repeat(Math.round(share * width)).padEnd(width, '░');

/**
 * The live line.
 * @param {{ done: number, total?: number } & PaceNow} progress
 */
export function progressLine({ done, total, rate, secondsLeft }) {
  const share = total ? Math.min(1, done / total) : 0;
  const left =
    secondsLeft === undefined ? '' : `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, '0')}`;
  return {
    ru: `${bar(share)} ${done} из ${total || '?'} студентов · ${rate.toFixed(1)}/с${left && ` · осталось ${left}`}`,
    en: `${bar(share)} ${done} of ${total || '?'} students · ${rate.toFixed(1)}/s${left && ` · ${left} left`}`,
  };
}
