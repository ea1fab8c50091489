import type { CloudEvent } from '#contracts';
import { reportOf, type Hearing } from './telling.js';

/** What a message asks: a word to 1C; nothing, but that the place in the window be freed; or it is of no concern. */
export type Asks = 'word' | 'freePlace' | 'nothing';

/**
 * What became of each message, same order, and the reports that free the places: of every word that 1C was told, and
 * of whom it is told nothing. `hearings`: one for each word, in order.
 */
export function concluded(
  messages: readonly { asks: Asks; of: { code: string; revision: number }; traceparent: string }[],
  hearings: readonly Hearing[],
  { system, service }: { system: string; service: string },
): { ends: (Hearing | { is: 'done' })[]; reports: CloudEvent[] } {
  const reports: CloudEvent[] = [];
  let next = 0;
  const ends = messages.map(({ asks, of: { code, revision }, traceparent }): Hearing | { is: 'done' } => {
    const report = (said: Parameters<typeof reportOf>[1]): void =>
      void reports.push(reportOf({ system, code, revision }, said, { service, traceparent }));
    if (asks === 'freePlace') report({ told: 'nothing' });
    if (asks !== 'word') return { is: 'done' };
    const hearing = hearings[next++]!;
    if (hearing.is === 'told') report(hearing);
    return hearing;
  });
  return { ends, reports };
}
