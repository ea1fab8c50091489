/** Below it no share bites: so few can be put right by hand. */
const always = 20;

export interface Removal {
  /** That were there before, and of these, how many the file removes. */
  before: number;
  removed: number;
}

/** Does a snapshot remove more than its share, percent? A half-written export must not empty a university. */
export const isTooMuch = ({ before, removed }: Removal, share: number): boolean =>
  removed > always && removed * 100 > before * share;
