import type { DataSource } from 'typeorm';
import { SynchronizationError, type Failure } from '#contracts';
import { ToldBook, type Heard } from '#persistence';
import {
  countTold,
  EveryoneRefusedError,
  laterHours,
  laterUntil,
  MissingOperationError,
  setFlags,
  tell,
  type Hearing,
  type Said,
  type SynchronizerCalls,
  type SynchronizerClient,
} from '#synchronizer';
import { errorFlagsPerHour } from './allowance.js';
import { raiseHeld } from './held-alarm.js';
import { FlagLedger } from './ledger.js';
import type { FlaggerWord } from './meaning.js';

export interface FlaggedSystem {
  id: string;
  els: string;
  synchronizer: { setErrorCronflag: 'auto' | 'yes' | 'no' };
}
type Client = Pick<SynchronizerClient, 'run' | 'operations'>;
type Answer = Said | { failure: Failure };

/** How long an answer about the publication's operations is believed, milliseconds. */
const believed = 600_000;
/** So many flags refused in a row and none taken: it is not the students. */
const tooManyAlike = 5;

/** Tells 1C student failures: an Error flag while the hour allows it and 1C knows the operation, *later* otherwise. */
export class Flagger {
  private readonly book: ToldBook;
  readonly ledger: FlagLedger;
  private readonly canFlag = new Map<string, { answer: boolean; at: number }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly now: () => number = Date.now,
  ) {
    this.book = new ToldBook(dataSource);
    this.ledger = new FlagLedger(dataSource);
  }

  /** One answer for each word, same order. Throws what speaks of 1C as a whole. */
  async flag(system: FlaggedSystem, client: Client, words: readonly FlaggerWord[]): Promise<Hearing[]> {
    const able = await this.able(system, client);
    return client.run((calls) =>
      tell(words, {
        heard: (codes) => this.book.heard(system.id, codes),
        say: (news, heard) => this.say(system, calls, news, heard, able),
        record: (said) => this.book.record(system.id, said),
      }),
    );
  }

  /** 1C has set these Error rows itself: noted as told, so that no older outcome ends them. */
  async noteFlaggedBy1C(
    system: FlaggedSystem,
    client: Pick<Client, 'run'>,
    words: readonly FlaggerWord[],
  ): Promise<void> {
    await client.run(() =>
      this.book.record(
        system.id,
        words.map(({ code, revision }) => ({ code, revision, told: 'error' })),
      ),
    );
  }

  private async able({ id, synchronizer }: FlaggedSystem, client: Client): Promise<boolean> {
    if (synchronizer.setErrorCronflag !== 'auto') return synchronizer.setErrorCronflag === 'yes';
    const known = this.canFlag.get(id);
    if (known !== undefined && this.now() - known.at < believed) return known.answer;
    const answer = (await client.operations()).includes('SetErrorCronflag');
    this.canFlag.set(id, { answer, at: this.now() });
    return answer;
  }

  private async say(
    system: FlaggedSystem,
    calls: SynchronizerCalls,
    news: FlaggerWord[],
    heard: ReadonlyMap<string, Heard>,
    able: boolean,
  ): Promise<Answer[]> {
    const allowed = able ? await this.allowed(system, news) : new Set<string>();
    const answers = new Map<string, Answer>();
    const unable = await this.setErrors(
      system,
      calls,
      news.filter(({ code }) => allowed.has(code)),
      answers,
    );
    const heldBack = able && !unable ? news.filter(({ code }) => !allowed.has(code)) : [];
    await this.ledger.hold(system.id, heldBack);
    const putOff = news.filter(({ code }) => !answers.has(code));
    await this.putOff(system, calls, putOff, heard, answers);
    await raiseHeld(system.id, this.dataSource);
    return news.map(({ code }) => answers.get(code)!);
  }

  /** Codes that may be flagged within this hour, noted as such. */
  private async allowed(system: FlaggedSystem, news: FlaggerWord[]): Promise<Set<string>> {
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
    words: FlaggerWord[],
    answers: Map<string, Answer>,
  ): Promise<boolean> {
    const refused: Failure[] = [];
    for (const { code, revision } of words) {
      try {
        await calls.setErrorCronflag(code, system.els);
        // At once: what was done before another call fails need not be done again.
        await this.book.record(system.id, [{ code, revision, told: 'error' }]);
        answers.set(code, { told: 'error' });
        countTold(system.id, 'error');
      } catch (error) {
        if (error instanceof MissingOperationError && system.synchronizer.setErrorCronflag === 'auto') {
          this.canFlag.set(system.id, { answer: false, at: this.now() });
          return true;
        }
        if (!(error instanceof SynchronizationError) || /outage|configuration/.test(error.failure.kind)) throw error;
        refused.push(error.failure);
        answers.set(code, { failure: error.failure });
      }
    }
    if (refused.length >= tooManyAlike && refused.length === words.length) throw new EveryoneRefusedError(refused[0]!);
    return false;
  }

  private async putOff(
    system: FlaggedSystem,
    calls: Pick<SynchronizerCalls, 'setCronflag'>,
    words: FlaggerWord[],
    heard: ReadonlyMap<string, Heard>,
    answers: Map<string, Answer>,
  ): Promise<void> {
    if (words.length === 0) return;
    const now = this.now();
    const hours = words.map(({ code }) => laterHours(heard.get(code)));
    const flags = words.map(({ code }, index) => ({ code, period: laterUntil(hours[index]!, now) }));
    const failures = await setFlags(flags, system.els, calls);
    flags.forEach(({ code, period }, index) => {
      const failure = failures[index];
      if (failure === undefined) countTold(system.id, 'later');
      answers.set(
        code,
        failure === undefined ? { told: 'later', validUntil: period, laterHours: hours[index]! } : { failure },
      );
    });
  }
}
