import type { DataSource } from 'typeorm';
import { ToldBook } from '#persistence';
import {
  countTold,
  LaterLedger,
  laterHours,
  laterUntil,
  setFlags,
  tell,
  type Hearing,
  type Said,
  type SynchronizerCalls,
  type SynchronizerClient,
} from '#synchronizer';
import type { ReporterWord } from './meaning.js';

/** Tells 1C successes and *later*, as many students a call as it takes. */
export class Reporter {
  private readonly book: ToldBook;
  private readonly later: LaterLedger;

  constructor(
    private readonly dataSource: DataSource,
    private readonly now: () => number = Date.now,
  ) {
    this.book = new ToldBook(dataSource);
    this.later = new LaterLedger(dataSource);
  }

  /** One answer for each word, same order. Throws what speaks of 1C as a whole. */
  async report(
    system: { id: string; els: string },
    client: Pick<SynchronizerClient, 'run'>,
    words: readonly ReporterWord[],
  ): Promise<Hearing[]> {
    return client.run((calls) =>
      tell(words, {
        heard: (codes) => this.book.heard(system.id, codes),
        say: (news, heard) => this.say(system, calls, news, heard),
        record: (said) => this.book.record(system.id, said),
      }),
    );
  }

  private async say(
    system: { id: string; els: string },
    calls: Pick<SynchronizerCalls, 'setCronflag'>,
    news: ReporterWord[],
    heard: Parameters<Parameters<typeof tell>[1]['say']>[1],
  ) {
    const putOff = news.filter(({ told }) => told === 'later');
    const before = await this.later.steps(
      system.id,
      putOff.map(({ code }) => code),
    );
    const hours = new Map(
      putOff.map(({ code, revision }) => [code, laterHours(before.get(code), heard.get(code), revision)]),
    );
    await this.later.note(
      system.id,
      putOff.map(({ code, revision }) => ({ code, revision, hours: hours.get(code)! })),
    );
    const now = this.now();
    const said = news.map(({ code, told, validUntil }): Required<Said> => ({
      told,
      validUntil: told === 'later' ? laterUntil(hours.get(code)!, now) : validUntil!,
    }));
    const answers = await setFlags(
      news.map(({ code }, index) => ({ code, period: said[index]!.validUntil })),
      system.els,
      calls,
    );
    return said.map((each, index) => {
      const failure = answers[index];
      if (failure === undefined) countTold(system.id, each.told);
      return failure === undefined ? each : { failure };
    });
  }
}
