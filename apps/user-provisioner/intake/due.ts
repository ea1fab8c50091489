/** What the ledger knew of a study before this batch. */
export interface StudyState {
  seen: number;
  /** The newest revision whose account work was done; undefined: none yet. */
  applied?: number;
  /** The revision for which a vanished account was last looked up, and until when words about it are answered by that. */
  lookedUp?: { revision: number; time: number };
}

/**
 * `superseded`: a newer revision was seen. `again`: done before, only what follows is published again. `work`: the rest,
 * also a revision that was seen and not finished.
 */
export type ChangeDue = 'superseded' | 'again' | 'work';

export function changeDue(revision: number, state: StudyState | undefined): ChangeDue {
  if (state === undefined || revision > state.seen) return 'work';
  if (revision < state.seen) return 'superseded';
  return revision === state.applied ? 'again' : 'work';
}

/**
 * course-enroller says that an account vanished. It is looked up once for each revision: else two services could send
 * each other in circles over an account that one sees and the other does not.
 * `again`: said before the look-up, which answered it. `exhausted`: said after it, for the same revision.
 */
export type MissingDue = 'again' | 'lookUp' | 'exhausted';

export function missingDue(saidAt: number, state: StudyState): MissingDue {
  if (state.lookedUp?.revision !== state.seen) return 'lookUp';
  return saidAt <= state.lookedUp.time ? 'again' : 'exhausted';
}
