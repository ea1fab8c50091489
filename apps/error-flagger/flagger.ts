import type { DataSource } from 'typeorm';
import type { Failure } from '#contracts';
import {
  laterFrom,
  mustTakeSome,
  sendFlags,
  tell,
  type LastTold,
  type NotTaken,
  type ReportedSystem,
  type ReportResult,
  type Sent,
  type ToldBook,
} from '#reporting';
import { MissingOperationError, type SynchronizerCalls, type SynchronizerClient } from '#synchronizer';
import { raiseHeld } from './held-alarm.js';
import { FlagLedger } from './ledger/ledger.js';
import { errorFlagsPerHour } from './rules/allowance.js';
import type { FlagReport } from './rules/request.js';
import { setErrorFlag } from './set-error-flag.js';

export interface FlaggedSystem extends ReportedSystem {
  synchronizer: { setErrorCronflag: 'auto' | 'yes' | 'no' };
}
type Client = Pick<SynchronizerClient, 'run' | 'offers'>;
type Answers = Map<string, Sent | NotTaken>;

/** Tells 1C student failures: an Error flag while the hour allows it and 1C knows the operation, *later* otherwise. */
export class Flagger {
  private readonly ledger: FlagLedger;

  constructor(
    private readonly dataSource: DataSource,
    private readonly book: ToldBook,
    private readonly now: () => number = Date.now,
  ) {
    this.ledger = new FlagLedger(dataSource);
  }

  /** One result for each report, same order. Throws what speaks of 1C as a whole. */
  async flag(system: FlaggedSystem, client: Client, reports: readonly FlagReport[]): Promise<ReportResult[]> {
    const { setErrorCronflag: wanted } = system.synchronizer;
    const able = wanted === 'auto' ? await client.offers('SetErrorCronflag') : wanted === 'yes';
    return tell(reports, {
      system: system.id,
      client,
      book: this.book,
      send: (news, last, calls) => this.send(system, calls, news, last, able),
    });
  }

  private async send(
    system: FlaggedSystem,
    calls: SynchronizerCalls,
    news: FlagReport[],
    last: ReadonlyMap<string, LastTold>,
    able: boolean,
  ): Promise<(Sent | NotTaken)[]> {
    const allowed = able ? await this.allowed(system, news) : new Set<string>();
    const answers: Answers = new Map();
    const unable = await this.setErrors(
      system,
      calls,
      news.filter(({ code }) => allowed.has(code)),
      answers,
    );
    const heldBack = able && !unable ? news.filter(({ code }) => !allowed.has(code)) : [];
    await this.ledger.hold(system.id, heldBack);
    const putOff = news.filter(({ code }) => !answers.has(code));
    await this.putOff(system, calls, putOff, last, answers);
    await raiseHeld(system.id, this.dataSource);
    return news.map(({ code }) => answers.get(code)!);
  }

  /** Codes that may be flagged within this hour, noted as such. */
  private async allowed(system: FlaggedSystem, news: FlagReport[]): Promise<Set<string>> {
    const now = this.now();
    const { number, noted } = await this.ledger.ofLastHour(system.id, news, now);
    const left = errorFlagsPerHour(await this.ledger.studentsKnown(system.id)) - number;
    const fresh = news.filter(({ code }) => !noted.has(code)).slice(0, Math.max(0, left));
    await this.ledger.note(system.id, fresh, now);
    return new Set([...noted, ...fresh.map(({ code }) => code)]);
  }

  /** Sets Error flags one by one; true when this 1C turns out not to know how. */
  private async setErrors(
    system: FlaggedSystem,
    calls: Pick<SynchronizerCalls, 'setErrorCronflag'>,
    reports: FlagReport[],
    answers: Answers,
  ): Promise<boolean> {
    const refusals: (Failure | undefined)[] = [];
    for (const report of reports) {
      try {
        const failure = await setErrorFlag(system, report, calls, this.book);
        refusals.push(failure);
        answers.set(report.code, failure === undefined ? { told: 'error' } : { failure });
      } catch (error) {
        if (error instanceof MissingOperationError && system.synchronizer.setErrorCronflag === 'auto') return true;
        throw error;
      }
    }
    mustTakeSome(refusals);
    return false;
  }

  private async putOff(
    system: FlaggedSystem,
    calls: Pick<SynchronizerCalls, 'setCronflag'>,
    reports: FlagReport[],
    last: ReadonlyMap<string, LastTold>,
    answers: Answers,
  ): Promise<void> {
    if (reports.length === 0) return;
    const now = this.now();
    const flags = reports.map(({ code }) => ({ code, sent: laterFrom(now, last.get(code)) }));
    const sent = await sendFlags(system, flags, calls);
    reports.forEach(({ code }, index) => answers.set(code, sent[index]!));
  }
}
