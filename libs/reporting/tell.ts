import type { SynchronizerCalls, SynchronizerClient } from '#synchronizer';
import type { LastTold, NotTaken, Report, ReportResult, Sent } from './report.js';
import { newsOf, type ToldBook } from './told-book.js';

export interface Telling<R extends Report> {
  system: string;
  client: Pick<SynchronizerClient, 'run'>;
  book: Pick<ToldBook, 'lastTold' | 'record'>;
  /** Sends what is news, at most one report per student; one answer for each. Throws what speaks of the whole system. */
  send(news: R[], last: ReadonlyMap<string, LastTold>, calls: SynchronizerCalls): Promise<(Sent | NotTaken)[]>;
}

/**
 * Tells 1C what is news, under the infobase's lock: older than what was told is not sent, of one revision success wins.
 * A report that was told before (its message came again) is answered as it was then. One result for each report, same
 * order. Throws what speaks of 1C as a whole.
 */
export const tell = <R extends Report>(
  reports: readonly R[],
  { system, client, book, send }: Telling<R>,
): Promise<ReportResult[]> =>
  client.run(async (calls) => {
    const last = await book.lastTold(system, [...new Set(reports.map(({ code }) => code))]);
    const news = newsOf(reports, last);
    const answers = news.length === 0 ? [] : await send(news, last, calls);
    const sent = new Map(news.map((report, index) => [report.code, { report, answer: answers[index]! }]));
    await book.record(
      system,
      [...sent.values()].flatMap(({ report: { code, revision }, answer }) =>
        'failure' in answer ? [] : [{ code, revision, ...answer }],
      ),
    );
    return reports.map((report): ReportResult => {
      const { report: winner, answer } = sent.get(report.code) ?? toldBefore(last.get(report.code)!);
      if (winner.revision !== report.revision || winner.told !== report.told) return { state: 'superseded' };
      return 'failure' in answer ? { state: 'refused', failure: answer.failure } : toldResult(answer);
    });
  });

const toldBefore = (last: LastTold): { report: Omit<Report, 'code'>; answer: Sent | NotTaken } => ({
  report: last,
  answer: last,
});

const toldResult = ({ told, validUntil }: Sent): ReportResult => ({
  state: 'told',
  told,
  ...(validUntil !== undefined && { validUntil }),
});
