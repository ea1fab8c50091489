import { storeByHalves } from '#persistence';
import type { Tenure, WindowLedger } from './ledger.js';
import { unstorableOffer } from './offer.js';
import type { Choice, Place } from './window.js';

/**
 * Writes the places and what is owed. An offer with a value that the database cannot hold becomes a failure of that
 * student alone, in the same place; the others are written as they are. Answers the choice as it was written.
 */
export async function take(ledger: Pick<WindowLedger, 'take'>, tenure: Tenure, choice: Choice): Promise<Choice> {
  const records = [
    ...choice.places.map((place) => ({ place })),
    ...choice.owed.map((offer) => ({ place: undefined, offer })),
  ];
  const write = (some: readonly (typeof records)[number][]): Promise<void> =>
    ledger.take(
      tenure,
      some.flatMap(({ place }) => place ?? []),
      some.flatMap((record) => (record.place ? [] : record.offer)),
    );
  const unstored = new Set((await storeByHalves(records, write)).map(({ record }) => record));
  if (unstored.size === 0) return choice;
  const written = records.map((record) => {
    if (!unstored.has(record)) return record;
    if (record.place) return { place: { ...record.place, offer: unstorableOffer(record.place.offer) } };
    return { place: undefined, offer: unstorableOffer(record.offer) };
  });
  await write(written.filter((_, index) => unstored.has(records[index]!)));
  return {
    ...choice,
    places: written.flatMap(({ place }): Place[] => (place ? [place] : [])),
    owed: written.flatMap((record) => (record.place ? [] : record.offer)),
  };
}
