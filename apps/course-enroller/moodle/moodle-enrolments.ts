import type { Failure } from '#contracts';
import { MoodleRefusal, type ManualEnrolment, type MoodleClient, type NewCourse, type Participant } from '#moodle';
import type { Answers, Enrolled, Enrolments, NamedCourse, Question } from './enrolments.js';
import type { Change, Found } from '../rules/plan.js';

export type EnrolmentCalls = Pick<
  MoodleClient,
  'coursesByIdnumber' | 'createCourses' | 'coursesOf' | 'enrolledIn' | 'enrol' | 'takeRolesAway'
>;

/** Milliseconds for which the number of an idnumber is believed. */
const believed = 5 * 60_000;

const enrolmentsOf = ({ courseId, to, giveRoleIds }: Change): ManualEnrolment[] =>
  giveRoleIds.map((roleId) => ({
    ...{ courseId, roleId },
    ...{ timestart: to.begin, timeend: to.end, suspend: to.suspended },
  }));

/** Enrolments through Moodle's web services. */
export class MoodleEnrolments implements Enrolments {
  private readonly numbers = new Map<string, { id: number; until: number }>();

  constructor(
    private readonly moodle: EnrolmentCalls,
    /** Where missing courses are made; undefined: nowhere. */
    private readonly newCourseCategory?: number,
    private readonly now: () => number = Date.now,
  ) {}

  async courses(named: readonly NamedCourse[]): Promise<Map<string, number | Failure>> {
    const ids = await this.courseIds(named.map(({ idnumber }) => idnumber));
    const missing = named.flatMap(({ idnumber, create }): NewCourse[] => {
      const categoryId = create?.category ?? this.newCourseCategory;
      if (!create || this.newCourseCategory === undefined || categoryId === undefined || ids.has(idnumber)) return [];
      return [{ idnumber, fullname: create.fullname, shortname: create.shortname ?? idnumber, categoryId }];
    });
    if (missing.length === 0) return ids;
    const made = await this.moodle.createCourses(missing);
    const refused = missing.flatMap(({ idnumber }, index): [string, Failure][] => {
      const answer = made[index]!;
      return 'failure' in answer ? [[idnumber, answer.failure]] : [];
    });
    // What is refused may have been made by somebody quicker; what was made is found like any other.
    return new Map<string, number | Failure>([
      ...refused,
      ...(await this.courseIds(named.map(({ idnumber }) => idnumber))),
    ]);
  }

  private async courseIds(idnumbers: readonly string[]): Promise<Map<string, number>> {
    const now = this.now();
    const unknown = idnumbers.filter((idnumber) => (this.numbers.get(idnumber)?.until ?? 0) <= now);
    for (const idnumber of unknown) this.numbers.delete(idnumber);
    for (const { id, idnumber } of unknown.length > 0 ? await this.moodle.coursesByIdnumber(unknown) : [])
      if (idnumber) this.numbers.set(idnumber, { id, until: now + believed });
    return new Map(
      idnumbers.flatMap((idnumber): [string, number][] => {
        const known = this.numbers.get(idnumber);
        return known ? [[idnumber, known.id]] : [];
      }),
    );
  }

  /**
   * A course's participants cost one call, and so do a person's courses, of which Moodle shows only the active ones:
   * what they do not show is looked for in the course. The cheaper way goes first.
   */
  async look(questions: readonly Question[]): Promise<Answers> {
    const answers: Answers = { found: new Map(), closed: new Set() };
    const people = new Set(questions.map(({ userId }) => userId));
    const courses = new Set(questions.map(({ courseId }) => courseId));
    if (courses.size > people.size) await this.lookAtPeople(questions, answers.found);
    await this.lookIntoCourses(
      questions.filter(({ userId, courseId }) => !answers.found.get(userId)?.has(courseId)),
      answers,
    );
    return answers;
  }

  private async lookAtPeople(questions: readonly Question[], found: Answers['found']): Promise<void> {
    const simple = questions.filter(({ state }) => !state);
    await Promise.all(
      [...new Set(simple.map(({ userId }) => userId))].map(async (userId) => {
        const theirs = new Set((await this.coursesOf(userId)).map(({ id }) => id));
        for (const question of simple)
          if (question.userId === userId && theirs.has(question.courseId))
            put(found, userId, question.courseId, { roleIds: [] });
      }),
    );
  }

  /** Of an account that is gone Moodle shows no courses, or refuses: it is not enrolled anywhere. */
  private async coursesOf(userId: number): Promise<{ id: number }[]> {
    try {
      return await this.moodle.coursesOf(userId);
    } catch (error) {
      if (error instanceof MoodleRefusal) return [];
      throw error;
    }
  }

  private async lookIntoCourses(questions: readonly Question[], { found, closed }: Answers): Promise<void> {
    const byCourse = new Map<number, Question[]>();
    for (const question of questions)
      byCourse.set(question.courseId, [...(byCourse.get(question.courseId) ?? []), question]);
    await Promise.all(
      [...byCourse].map(async ([courseId, asked]) => {
        const participants = await this.participants(courseId);
        if (!participants) return void closed.add(courseId);
        const suspended = asked.some(({ state }) => state) ? await this.participants(courseId, 'suspended') : undefined;
        for (const { userId } of asked) {
          const roles = participants.get(userId);
          if (!roles) continue;
          put(found, userId, courseId, {
            roleIds: roles.map(({ id }) => id),
            ...(suspended && { suspended: suspended.has(userId) }),
          });
        }
      }),
    );
  }

  private async participants(
    courseId: number,
    only?: 'suspended',
  ): Promise<Map<number, Participant['roles']> | undefined> {
    try {
      const all = await this.moodle.enrolledIn(courseId, only);
      return new Map(all.map(({ userId, roles }) => [userId, roles]));
    } catch (error) {
      if (error instanceof MoodleRefusal) return undefined;
      throw error;
    }
  }

  async enrol(students: readonly { userId: number; changes: readonly Change[] }[]): Promise<Enrolled[]> {
    const outcomes = await this.moodle.enrol(
      students.map(({ userId, changes }) => ({ userId, enrolments: changes.flatMap(enrolmentsOf) })),
    );
    const enrolled = outcomes.map(({ userId, refused: refusals }, index): Enrolled => {
      const refused = new Map(refusals.map(({ courseId, failure }) => [courseId, failure]));
      // Where roles are only taken away, there was nothing to be refused.
      const done = students[index]!.changes.map(({ courseId }) => courseId).filter(
        (courseId) => !refused.has(courseId),
      );
      const missing = refusals.some(({ failure }) => failure.cause === 'account-missing');
      return { userId, done, refused, missing };
    });
    for (const { refused } of enrolled) if (refused.size > 0) this.forget(refused.keys());
    return this.withoutFormerRoles(students, enrolled);
  }

  /** The course may have been made anew under another number. */
  private forget(courseIds: Iterable<number>): void {
    const refused = new Set(courseIds);
    for (const [idnumber, { id }] of this.numbers) if (refused.has(id)) this.numbers.delete(idnumber);
  }

  /** Takes former roles away where the new ones were given; where that is refused, the course is not done. */
  private async withoutFormerRoles(
    students: readonly { userId: number; changes: readonly Change[] }[],
    enrolled: Enrolled[],
  ): Promise<Enrolled[]> {
    const former = students.flatMap(({ userId, changes }, index) =>
      changes
        .filter(({ courseId }) => enrolled[index]!.done.includes(courseId))
        .flatMap(({ courseId, formerRoleIds = [] }) =>
          formerRoleIds.map((roleId) => ({ student: index, role: { userId, courseId, roleId } })),
        ),
    );
    if (former.length === 0) return enrolled;
    const answers = await this.moodle.takeRolesAway(former.map(({ role }) => role));
    const kept = enrolled.map(() => new Map<number, Failure>());
    former.forEach(({ student, role }, index) => {
      const answer = answers[index]!;
      if ('failure' in answer) kept[student]!.set(role.courseId, answer.failure);
    });
    return enrolled.map((each, index) => ({
      ...each,
      done: each.done.filter((courseId) => !kept[index]!.has(courseId)),
      refused: new Map([...each.refused, ...kept[index]!]),
    }));
  }
}

function put(found: Answers['found'], userId: number, courseId: number, what: Found): void {
  const courses = found.get(userId) ?? new Map<number, Found>();
  found.set(userId, courses.set(courseId, what));
}
