import type { Course, Failure } from '#contracts';
import type { Change, Found } from '../rules/plan.js';

/** A course named by its idnumber, and what it is to be called where it has to be made. */
export interface NamedCourse extends Pick<Course, 'create'> {
  idnumber: string;
}

/** Is this account in this course? `state`: whether it is suspended there must be known too. */
export interface Question {
  userId: number;
  courseId: number;
  state: boolean;
}

export interface Answers {
  /** User id -> course id -> what stands; absent: not in the course. */
  found: Map<number, Map<number, Found>>;
  /** Courses into which one cannot look: what is wrong with them, the attempt to enrol will say. */
  closed: Set<number>;
}

export interface Enrolled {
  userId: number;
  /** Course ids. */
  done: readonly number[];
  /** By course id. */
  refused: ReadonlyMap<number, Failure>;
  /** The account is gone from Moodle. */
  missing: boolean;
}

/** Enrolments of a Moodle. What concerns a whole call (outage, setting, deadlock) is thrown. */
export interface Enrolments {
  /** By idnumber, the course's number or why it could not be made; neither: there is none, and none is to be made. */
  courses(named: readonly NamedCourse[]): Promise<Map<string, number | Failure>>;
  look(questions: readonly Question[]): Promise<Answers>;
  /** Whole students per call; same order as asked. */
  enrol(students: readonly { userId: number; changes: readonly Change[] }[]): Promise<Enrolled[]>;
}
