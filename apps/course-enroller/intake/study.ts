import type { Course, Counts, Origin } from '#contracts';

/** One study of a human as the newest StudentChanged told it, and how far it has been made true in Moodle. */
export interface Study {
  code: string;
  /** The student's code, or 1C's individual where one human may have two studies. */
  personKey: string;
  origin: Origin;
  /** False once withdrawn: then it wants no course. */
  active: boolean;
  /** None: withdrawn without an account. */
  moodleUserId?: number;
  /** The account was made for the seen revision. */
  accountCreated: boolean;
  /** The academic group. */
  group: string;
  curriculum?: string;
  semester?: number;
  courses: Course[];
  bindingSequence?: number;
  /** Newest revision that was taken up. */
  seen: number;
  /** Newest revision that was made true, and for which Moodle account. */
  applied?: number;
  appliedUserId?: number;
  /** Of the applied revision: what was done, and until when 1C hides the student (unix seconds). */
  counts?: Counts;
  validUntil?: number;
  /** Cause for which the newest try was given up; undefined after a success. */
  failed?: string;
  /** Revision for which AccountMissing has been sent, and the event that gave rise to it. */
  missingAsked?: number;
  missingAskedBy?: string;
  /** The account that was missing then. */
  missingUserId?: number;
}

/** The courses bound to one curriculum and semester, as of a sequence. */
export interface Binding {
  curriculum: string;
  semester: number;
  courses: number[];
  sequence: number;
}

export type Bindings = ReadonlyMap<string, Binding>;

/** Of which a binding tells the courses. */
export type CurriculumSemester = Pick<Binding, 'curriculum' | 'semester'>;

export const bindingKey = ({ curriculum, semester }: CurriculumSemester): string => `${semester}/${curriculum}`;
