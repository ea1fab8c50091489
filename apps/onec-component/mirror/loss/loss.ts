import { both, type Bilingual } from '#contracts';
import { UniversityError } from '../university.js';

/** Records of a section, or of another thing that is counted, before a reading and as it would be after it. */
export interface Tally {
  what: Bilingual;
  before: number;
  after: number;
}

/** Of fewer records a share says nothing. */
const few = 20;

/** What a reading would take away at once: everything, or more than that share. */
export function lossesIn(tallies: readonly Tally[], largest: number): Tally[] {
  if (largest >= 1) return [];
  return tallies.filter(
    ({ before, after }) => (before > 0 && after === 0) || (before >= few && before - after > before * largest),
  );
}

/** Nothing came, or far less than before: a right that was lost or a status that was renamed, rather than the truth. */
export class FarLessError extends UniversityError {
  override name = 'FarLessError';
  constructor(losses: readonly Tally[]) {
    const told = (language: 'ru' | 'en', was: string): string =>
      losses.map(({ what, before, after }) => `${what[language]}: ${after}, ${was} ${before}`).join('; ');
    const reason = both(
      `В 1С стало гораздо меньше записей, чем было, и зеркало не тронуто (${told('ru', 'было')})`,
      `1C gives far fewer records than before, and the mirror was left alone (${told('en', 'before')})`,
    );
    super(reason.en, {
      reason,
      cure: both(
        'Посмотрите itk doctor: права, состав OData, слова состояний. Если записей и правда стало меньше, поднимите onecComponent.mirror.largestLoss на одно обновление',
        'Look at itk doctor: rights, composition of OData, words of the states. If there are fewer indeed, raise onecComponent.mirror.largestLoss for one refresh',
      ),
      grave: true,
    });
  }
}
