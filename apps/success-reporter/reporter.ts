import { laterFrom, sendFlags, tell, type ReportedSystem, type ReportResult, type ToldBook } from '#reporting';
import type { SynchronizerClient } from '#synchronizer';
import type { OutcomeReport } from './rules/request.js';

/** Tells 1C successes and *later*, as many students a call as it takes. */
export class Reporter {
  constructor(
    private readonly book: ToldBook,
    private readonly now: () => number = Date.now,
  ) {}

  /** One result for each report, same order. Throws what speaks of 1C as a whole. */
  report(
    system: ReportedSystem,
    client: Pick<SynchronizerClient, 'run'>,
    reports: readonly OutcomeReport[],
  ): Promise<ReportResult[]> {
    return tell(reports, {
      system: system.id,
      client,
      book: this.book,
      send: (news, last, calls) => {
        const now = this.now();
        const flags = news.map((report) => ({
          code: report.code,
          sent:
            report.told === 'synchronized'
              ? { told: report.told, validUntil: report.validUntil }
              : laterFrom(now, last.get(report.code)),
        }));
        return sendFlags(system, flags, calls);
      },
    });
  }
}
