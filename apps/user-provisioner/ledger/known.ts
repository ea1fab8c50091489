import type { Origin, StudentChanged } from '#contracts';
import type { StudyState } from '../intake/due.js';
import type { Witness } from '../moodle/accounts.js';

export interface KnownAccount {
  key: string;
  moodleUserId?: number;
  username: string;
  base?: string;
  email: string;
  /** Sealed. */
  password?: string;
  /** The making was noted and its outcome is not known. */
  noted: boolean;
  hiddenHash?: string;
  contentHash?: string;
}

export interface KnownStudy extends StudyState {
  code: string;
  key: string;
  created: boolean;
  failed: boolean;
  /** Who told of the student first, and has not withdrawn them since. */
  owner?: Origin;
  /** Left out where this batch itself brings the content, or a newer one. */
  content?: StudentChanged;
}

/** How matters stood before the batch. */
export interface Before {
  studies: Map<string, KnownStudy>;
  accounts: Map<string, KnownAccount>;
  /** Usernames of one of the asked-for bases, and whose they are. */
  numbered: Map<string, string>;
  witness?: Witness;
}

/** A creation about to be tried. */
export type Noted = Omit<KnownAccount, 'noted' | 'moodleUserId' | 'contentHash'>;

export interface DoneStudy {
  code: string;
  revision: number;
  created: boolean;
  /** Unix milliseconds; a vanished account was looked up for this revision. */
  lookedUpAt?: number;
}

export interface Result {
  accounts: KnownAccount[];
  done: DoneStudy[];
  failed: { code: string; cause: string }[];
}
