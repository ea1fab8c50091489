import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { storeByHalves } from '#persistence';
import { log } from '#platform';
import { bySystem } from '../by-system.js';
import type { Evidence } from '../evidence.js';
import type { Failure } from '../failure.js';
import { fold } from './fold.js';
import type { Letter } from '../letter/letter.js';
import { evidenceOn } from '../store/evidence.js';
import { endItemsOfClosed, failuresById, saveFailures } from '../store/failures.js';
import { inTurn } from '../store/in-turn.js';

/** Stores dead letters. Once it has resolved, the letters may leave their queues. */
export class Drain {
  constructor(private readonly dataSource: DataSource) {}

  /** Letters in the order in which they came. @returns how many were new */
  async store(letters: readonly Letter[]): Promise<number> {
    let news = 0;
    const unstored = await storeByHalves(letters, async (some) => (news += await this.storeAll(some)));
    for (const { record, error } of unstored) news += await this.storeBare(record, error);
    return news;
  }

  private storeAll(letters: readonly Letter[]): Promise<number> {
    return inTurn(this.dataSource, async (manager) => {
      const stored = await failuresById(
        manager,
        letters.map(({ id }) => id),
      );
      const evidence = new Map<string, Map<string, Evidence>>();
      for (const [system, ofSystem] of bySystem(letters))
        evidence.set(
          system,
          await evidenceOn(manager, system, [...new Set(ofSystem.flatMap((one) => one.subject ?? []))]),
        );
      const changed = new Map<string, { failure: Failure; letter: Letter }>();
      const failedAgain: { replay: string; failure: Failure }[] = [];
      let news = 0;
      for (const letter of letters) {
        const before = changed.get(letter.id)?.failure ?? stored.get(letter.id);
        const known = evidence.get(letter.system)?.get(letter.subject ?? '') ?? {};
        const { failure, isNews, failedAgainIn } = fold(before, letter, known);
        if (!isNews) continue;
        news++;
        changed.set(letter.id, { failure, letter });
        if (failedAgainIn !== undefined) failedAgain.push({ replay: failedAgainIn, failure });
      }
      await saveFailures(manager, [...changed.values()]);
      if (failedAgain.length > 0)
        await manager.query(
          `update console.replay_items i set state = 'failed', said = f.said, ended_at = now()
           from unnest($1::uuid[], $2::text[], $3::text[]) as f (replay, failure, said)
           where i.replay = f.replay and i.failure = f.failure and i.state in ('waiting', 'sending', 'sent')`,
          [
            failedAgain.map(({ replay }) => replay),
            failedAgain.map(({ failure }) => failure.id),
            failedAgain.map(({ failure }) => failure.reason.en),
          ],
        );
      await endItemsOfClosed(
        manager,
        [...changed.values()].map(({ failure }) => failure),
      );
      return news;
    });
  }

  /** A letter that PostgreSQL will not take as it is: its bytes are kept, its own words are not. */
  private async storeBare(letter: Letter, error: unknown): Promise<number> {
    log('Drain').error('a dead letter could not be stored as it is: its bytes are kept, its headers are not', {
      id: letter.id,
      error,
    });
    const { id, queue, system, service, message, body, time, death } = letter;
    const words = { kind: 'contract' as const, cause: 'unstorable', about: '' };
    const reason = both('Заголовки сообщения не удалось сохранить', 'The headers of the message could not be stored');
    return this.storeAll([
      {
        ...{ id, queue, system, service, message, body, time, death, reason, ...words, headers: {}, tellOn: false },
        attempts: [{ at: new Date(time).toISOString(), ...words, ...reason }],
      },
    ]);
  }
}
