/** How far the first round is: what 1C was last told of each student. */
const toldQuery = 'select told, count(*)::int as students from operations.told group by told';

/** Students per second over the last seconds, not since the start: the first ones wait for everything to warm up. */
const spanMs = 10_000;

export class Pace {
  #samples = [];

  /** @returns {rate, secondsLeft}; undefined where nothing can be said yet */
  note(done, total, now) {
    this.#samples.push({ done, now });
    while (this.#samples.length > 2 && this.#samples[1].now <= now - spanMs) this.#samples.shift();
    const first = this.#samples[0];
    const seconds = (now - first.now) / 1000;
    const rate = seconds > 0 ? (done - first.done) / seconds : 0;
    const secondsLeft = rate > 0 && total !== undefined ? Math.ceil(Math.max(0, total - done) / rate) : undefined;
    return { rate, secondsLeft };
  }
}

/** Counts by what 1C was told: {synchronized, later, error}; zero before the services have made their tables. */
export async function countTold(client) {
  const counts = { synchronized: 0, later: 0, error: 0 };
  try {
    for (const { told, students } of (await client.query(toldQuery)).rows) counts[told] = students;
  } catch (error) {
    if (!['42P01', '3F000'].includes(error.code)) throw error;
  }
  return counts;
}

const bar = (share, width = 24) => '█'.repeat(Math.round(share * width)).padEnd(width, '░');

/** The live line. */
export function progressLine({ done, total, rate, secondsLeft }) {
  const share = total ? Math.min(1, done / total) : 0;
  const left = secondsLeft === undefined ? '' : `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, '0')}`;
  return {
    ru: `${bar(share)} ${done} из ${total ?? '?'} студентов · ${rate.toFixed(1)}/с${left && ` · осталось ${left}`}`,
    en: `${bar(share)} ${done} of ${total ?? '?'} students · ${rate.toFixed(1)}/s${left && ` · ${left} left`}`,
  };
}
