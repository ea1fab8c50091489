import { hasStorableTexts } from '../failures/letter/storable.js';
import { readEntry, type Entry } from './entry.js';
import { readNumbers, type Count } from './gaps.js';

/** An event of the journal with its publisher's count. */
export interface Copy {
  system: string;
  entry: Entry;
  count?: Count;
}

/**
 * What one message for the journal holds: events in a JSON array, or one by itself as earlier versions sent them.
 * `broken`: pieces that are no events; their numbers stay missing. Never throws.
 */
export function readCopies(
  message: { content: Buffer; numbers: unknown },
  system: string,
  now: number,
): { copies: Copy[]; broken: number } {
  const json = message.content.toString('utf8');
  const numbers = readNumbers(message.numbers);
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    return { copies: [], broken: 1 };
  }
  const asIs = hasStorableTexts(json);
  const events: unknown[] = Array.isArray(body) ? body : [body];
  const copies = events.flatMap((event, index): Copy[] => {
    const entry = readEntry(event, system, asIs, now);
    if (entry === undefined) return [];
    const n = numbers && numbers.first + index;
    if (!numbers || n! > numbers.last) return [{ system, entry }];
    return [{ system, entry, count: { publisher: numbers.publisher, n: n!, time: entry.time } }];
  });
  return { copies, broken: events.length - copies.length };
}
