import { storeByHalves } from '#persistence';
import type { AnswerNoted, Tenure, WindowLedger } from '../ledger/window-ledger.js';
import { unstorableOffer } from './offer.js';
import type { Choice, Place } from './places.js';

/**
 * Writes the places and what is owed. An offer with a value that the database cannot hold becomes a failure of that
 * student alone, in the same place; the others are written as they are. What is `noted` of the answer stands once all of
 * it is written. Answers the choice as it was written.
 */
export async function take(
  ledger: Pick<WindowLedger, 'take'>,
  tenure: Tenure,
  choice: Choice,
  noted: AnswerNoted = {},
): Promise<Choice> {
  const records = [
    ...choice.places.map((place) => ({ place })),
    ...choice.owed.map((offer) => ({ place: undefined, offer })),
  ];
  const write = (some: readonly (typeof records)[number][], known: AnswerNoted): Promise<void> =>
    ledger.take(
      tenure,
      some.flatMap(({ place }) => place ?? []),
      some.flatMap((record) => (record.place ? [] : record.offer)),
      known,
    );
  const unstorable = await storeByHalves(records, (some) => write(some, some.length === records.length ? noted : {}));
  const unstored = new Set(unstorable.map(({ record }) => record));
  if (unstored.size === 0) return choice;
  const written = records.map((record) => {
    if (!unstored.has(record)) return record;
    if (record.place) return { place: { ...record.place, offer: unstorableOffer(record.place.offer) } };
    return { place: undefined, offer: unstorableOffer(record.offer) };
  });
  const named = written.filter((_, index) => unstored.has(records[index]!));
  await write(named, noted);
  return {
    ...choice,
    places: written.flatMap(({ place }): Place[] => (place ? [place] : [])),
    owed: written.flatMap((record) => (record.place ? [] : record.offer)),
  };
}
