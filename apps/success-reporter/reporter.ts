import type { DataSource } from 'typeorm';
import { ToldBook } from '#persistence';
import {
  countTold,
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

  constructor(
    dataSource: DataSource,
    private readonly now: () => number = Date.now,
  ) {
    this.book = new ToldBook(dataSource);
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
    const now = this.now();
    const said = news.map(({ code, told, validUntil }): Said & { validUntil: number } => {
      if (told === 'synchronized') return { told, validUntil: validUntil! };
      const hours = laterHours(heard.get(code));
      return { told, validUntil: laterUntil(hours, now), laterHours: hours };
    });
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
