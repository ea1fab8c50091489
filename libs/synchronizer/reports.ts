import type { CloudEvent } from '#contracts';
import { reportOf, type Hearing } from './telling.js';

/** What a message asks: a word to 1C; nothing, but that the place in the window be freed; or it is of no concern. */
export type Asks = 'word' | 'freePlace' | 'nothing';

/** What became of one message, and the report that frees the student's place: it follows the message. */
export interface Conclusion {
  end: Hearing | { is: 'done' };
  follow: CloudEvent[];
}

/**
 * What became of each message, same order: a report follows of every word that 1C was told, and of whom it is told
 * nothing. `hearings`: one for each word, in order.
 */
export function concluded(
  messages: readonly { asks: Asks; of: { code: string; revision: number }; traceparent: string }[],
  hearings: readonly Hearing[],
  { system, service }: { system: string; service: string },
): Conclusion[] {
  let next = 0;
  return messages.map(({ asks, of: { code, revision }, traceparent }): Conclusion => {
    const report = (said: Parameters<typeof reportOf>[1]): CloudEvent[] => [
      reportOf({ system, code, revision }, said, { service, traceparent }),
    ];
    if (asks === 'freePlace') return { end: { is: 'done' }, follow: report({ told: 'nothing' }) };
    if (asks !== 'word') return { end: { is: 'done' }, follow: [] };
    const end = hearings[next++]!;
    return { end, follow: end.is === 'told' ? report(end) : [] };
  });
}
