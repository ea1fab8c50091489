import type { Question } from './routes.js';

export interface Timing {
  question: Question;
  /** Milliseconds, until the whole answer was there. */
  median: number;
  p95: number;
  kilobytes: number;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;

/** One after the other, as an operator asks. Fails on any answer but a good one. */
export async function timed(url: string, cookie: string, question: Question, times: number): Promise<Timing> {
  const taken: number[] = [];
  let bytes = 0;
  for (let turn = -2; turn < times; turn++) {
    const path = question.path(Math.abs(turn) * 7);
    const begun = performance.now();
    const answer = await fetch(`${url}${path}`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } });
    const body = await answer.arrayBuffer();
    const milliseconds = performance.now() - begun;
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${Buffer.from(body).toString().slice(0, 300)}`);
    if (turn >= 0) taken.push(milliseconds);
    bytes = Math.max(bytes, body.byteLength);
  }
  taken.sort((a, b) => a - b);
  return { question, median: at(taken, 0.5), p95: at(taken, 0.95), kilobytes: bytes / 1000 };
}
