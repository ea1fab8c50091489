import { z } from 'zod';
import type { Failure } from '#contracts';
import { bisect } from '#platform';
import { MoodleMisconfigured, MoodleRefusal } from '../errors.js';
import { courseForbidden } from '../failures/of-courses.js';
import { inBatches, partlyDone } from '../transport/batches.js';
import type { Caller } from '../transport/caller.js';
import { countLeaves, type FormRecord } from '../transport/form.js';
import { bisectedBatches } from '../transport/metrics.js';
import type { EnrolmentOutcome, ManualEnrolment, StudentEnrolments } from '../types.js';
import { blames, explainCourse, explainStudent } from './cause-of-refusal.js';

const name = 'enrol_manual_enrol_users';

interface Pair {
  /** Place of the student in what was asked. */
  place: number;
  userId: number;
  enrolment: ManualEnrolment;
}

const form = ({ userId, enrolment }: Pair): FormRecord => ({
  roleid: enrolment.roleId,
  userid: userId,
  courseid: enrolment.courseId,
  // What is absent counts as 0 and active, also for an enrolment that stands: sent it would only halve the batches.
  timestart: enrolment.timestart || undefined,
  timeend: enrolment.timeend || undefined,
  suspend: enrolment.suspend || undefined,
});

/**
 * Enrols students, whole ones in a call and each in one call at a time: two calls in flight with the same person
 * deadlock. One transaction per call; what is refused is taken apart, by course or by student as the answer suggests.
 */
export class Enrolling {
  readonly #results = new Map<Pair, 'done' | Failure>();
  /** Courses found bad by one call are left out of the next. */
  readonly #badCourses = new Map<number, Failure>();
  readonly #forbidden = new Map<Pair, MoodleMisconfigured>();

  constructor(private readonly caller: Caller) {}

  async run(students: readonly StudentEnrolments[]): Promise<EnrolmentOutcome[]> {
    const { budget, options } = this.caller;
    const leavesOf = (pairs: readonly Pair[]): number => pairs.reduce((sum, pair) => sum + countLeaves(form(pair)), 0);
    const units = students.flatMap((student, place) => chunks(student, place, budget.limit));
    await inBatches(units, { budget, leavesOf, most: 500, width: options.concurrency }, async (batch) => {
      await this.#settle(batch.flat());
      return batch;
    });
    this.#judgeForbidden();
    const results = students.map(() => new Map<ManualEnrolment, 'done' | Failure>());
    for (const [{ place, enrolment }, result] of this.#results) results[place]!.set(enrolment, result);
    return students.map(({ userId, enrolments }, place) => outcomeOf(userId, enrolments, results[place]!));
  }

  async #settle(pairs: readonly Pair[]): Promise<void> {
    for (const pair of pairs) {
      const bad = this.#badCourses.get(pair.enrolment.courseId);
      if (bad) this.#results.set(pair, bad);
    }
    const open = pairs.filter((pair) => !this.#results.has(pair));
    try {
      await this.#send(open);
    } catch (error) {
      if (!isDivisible(error)) throw error;
      bisectedBatches.inc({ system: this.caller.options.system, function: name });
      await partlyDone(this.#takeApart(open, error));
    }
  }

  async #send(pairs: readonly Pair[]): Promise<void> {
    if (pairs.length === 0) return;
    const keys = [...new Set(pairs.map(({ userId }) => `user:${userId}`))];
    // Everybody in the same order, so that calls which do meet wait for each other instead of deadlocking.
    const sorted = [...pairs].sort((a, b) => a.userId - b.userId || a.enrolment.courseId - b.enrolment.courseId);
    await this.caller.call(name, { enrolments: sorted.map(form) }, z.null(), keys);
    for (const pair of pairs) this.#results.set(pair, 'done');
  }

  /** All these pairs together were just refused with this error. */
  async #takeApart(pairs: readonly Pair[], error: MoodleRefusal | MoodleMisconfigured): Promise<void> {
    const courses = groups(pairs, ({ enrolment }) => enrolment.courseId);
    const people = groups(pairs, ({ userId }) => userId);
    const blamed = blames(error);
    if (blamed === 'course' && courses.length === 1 && (await this.#courseIsBad(pairs, error))) return;
    if (people.length === 1 && (courses.length === 1 || blamed === 'student')) {
      const failure = await explainStudent(this.caller, (pairs[0] as Pair).userId, error);
      for (const pair of pairs) this.#results.set(pair, failure);
      return;
    }
    const byCourse = courses.length > 1 && (blamed === 'course' || people.length === 1);
    const send = async (some: readonly Pair[][]): Promise<true[]> => {
      await this.#send(some.flat());
      return some.map(() => true);
    };
    for (const part of await bisect(byCourse ? courses : people, send, isDivisible, { error })) {
      if ('error' in part) await this.#takeApart(part.item, part.error as MoodleRefusal | MoodleMisconfigured);
    }
  }

  /** False: nothing is wrong with the course, as far as can be seen. */
  async #courseIsBad(pairs: readonly Pair[], error: MoodleRefusal | MoodleMisconfigured): Promise<boolean> {
    if (error instanceof MoodleMisconfigured) {
      for (const pair of pairs) this.#forbidden.set(pair, error);
      return true;
    }
    const { courseId } = (pairs[0] as Pair).enrolment;
    const failure = await explainCourse(this.caller, courseId, error);
    if (!failure) return false;
    this.#badCourses.set(courseId, failure);
    for (const pair of pairs) this.#results.set(pair, failure);
    return true;
  }

  /** A capability missing everywhere is the account's; missing in some courses while others went through, theirs. */
  #judgeForbidden(): void {
    if (this.#forbidden.size === 0) return;
    const [error] = this.#forbidden.values();
    if (![...this.#results.values()].includes('done')) throw error;
    for (const [pair, { failure }] of this.#forbidden) {
      this.#results.set(pair, courseForbidden(pair.enrolment.courseId, failure.about ?? ''));
    }
  }
}

function outcomeOf(
  userId: number,
  enrolments: readonly ManualEnrolment[],
  results: ReadonlyMap<ManualEnrolment, 'done' | Failure>,
): EnrolmentOutcome {
  const outcome: EnrolmentOutcome = { userId, done: [], refused: [] };
  for (const enrolment of enrolments) {
    const result = results.get(enrolment);
    if (result === 'done') outcome.done.push(enrolment.courseId);
    else if (result) outcome.refused.push({ courseId: enrolment.courseId, failure: result });
  }
  return outcome;
}

function isDivisible(error: unknown): error is MoodleRefusal | MoodleMisconfigured {
  if (error instanceof MoodleRefusal) return true;
  return error instanceof MoodleMisconfigured && error.failure.cause === 'capability-missing';
}

function groups<K>(pairs: readonly Pair[], key: (pair: Pair) => K): Pair[][] {
  const found = new Map<K, Pair[]>();
  for (const pair of pairs) found.set(key(pair), [...(found.get(key(pair)) ?? []), pair]);
  return [...found.values()];
}

/** A student with more enrolments than one call bears comes in several, one after the other. */
function chunks({ userId, enrolments }: StudentEnrolments, place: number, limit: number): Pair[][] {
  const size = Math.max(1, Math.floor(limit / 6));
  const parts: Pair[][] = [];
  // Several roles in one course stay together: they are done or refused as one.
  for (const course of groups(
    enrolments.map((enrolment) => ({ place, userId, enrolment })),
    ({ enrolment }) => enrolment.courseId,
  )) {
    const last = parts.at(-1);
    if (last && last.length + course.length <= size) last.push(...course);
    else parts.push(course);
  }
  return parts;
}
