import type { Entry, Standing } from '../rules/plan.js';

/** An entry as the table holds it. */
export interface StoredEntry extends Pick<Entry, 'unsure' | 'theirs'> {
  is?: Standing;
  to?: Standing;
}

export const storedEntry = ({ made, noted, ...others }: Entry): StoredEntry => ({ is: made, to: noted, ...others });

export const entryFrom = ({ is, to, ...others }: StoredEntry): Entry => ({
  ...(is && { made: is }),
  ...(to && { noted: to }),
  ...others,
});
