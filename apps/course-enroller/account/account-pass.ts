import type { Failure } from '#contracts';
import type { Bindings } from '../intake/study.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Enrolments, Question } from '../moodle/enrolments.js';
import type { RemovalBrake } from '../removals/brake.js';
import { courseUnknown } from '../rules/failures.js';
import type { AccountResult } from '../rules/verdict.js';
import {
  admitted,
  begun,
  coursesNamed,
  coursesToLookInto,
  enrolled,
  leavingOf,
  lookedInto,
  noLongerHeld,
  planned,
  withNotes,
  type AccountDue,
  type AccountInWork,
  type EnrolmentRules,
} from './account-in-work.js';
import { withGroups, type GroupPass } from './group-pass.js';

/** Makes accounts' enrolments true: look where it must be, note, enrol, record. Few statements, whole batches. */
export class AccountPass {
  constructor(
    private readonly ledger: Ledger,
    private readonly enrolments: Enrolments,
    private readonly groups: GroupPass,
    private readonly rules: EnrolmentRules,
    /** Undefined where nobody is suspended. */
    private readonly brake: RemovalBrake | undefined,
  ) {}

  async makeTrue(due: readonly AccountDue[], bindings: Bindings): Promise<Map<number, AccountResult>> {
    const all = await this.begin(due, bindings);
    let works = all.filter(({ refused }) => refused.size === 0);
    works = await this.recall(works);
    works = await this.look(works);
    works = await this.plan(works);
    works = await this.enrol(works);
    works = await this.group(works);
    await this.ledger.keep(works.filter(({ touched, missing }) => touched && !missing));
    await this.brake?.finish(works.flatMap(noLongerHeld));
    return new Map([...all, ...works].map((work) => [work.moodleUserId, work]));
  }

  private async begin(due: readonly AccountDue[], bindings: Bindings): Promise<AccountInWork[]> {
    const known = await this.ledger.accounts(due.map(({ moodleUserId }) => moodleUserId));
    const named = coursesNamed(due, bindings, this.rules.defaultRole);
    const courses = named.length === 0 ? new Map<string, number | Failure>() : await this.enrolments.courses(named);
    const find = (idnumber: string) => courses.get(idnumber) ?? courseUnknown(idnumber);
    return due.map((each) => begun(each, known.get(each.moodleUserId), bindings, find, this.rules));
  }

  private async recall(works: readonly AccountInWork[]): Promise<AccountInWork[]> {
    const held = await this.brake?.recall(works.map(({ moodleUserId }) => moodleUserId));
    return works.map((work) => ({ ...work, held: held?.get(work.moodleUserId) ?? work.held }));
  }

  private async look(works: AccountInWork[]): Promise<AccountInWork[]> {
    const courses = works.map((work) => coursesToLookInto(work, this.rules.removal));
    const questions = works.flatMap(({ moodleUserId, enrolments }, index): Question[] =>
      courses[index]!.map((courseId) => ({
        userId: moodleUserId,
        courseId,
        state: enrolments.get(courseId)?.made !== undefined,
      })),
    );
    if (questions.length === 0) return works;
    const answers = await this.enrolments.look(questions);
    return works.map((work, index) => lookedInto(work, courses[index]!, answers));
  }

  private async plan(works: readonly AccountInWork[]): Promise<AccountInWork[]> {
    const all = works.map((work) => planned(work, this.rules.removal));
    if (!this.brake) return all;
    const mayGo = await this.brake.admit(
      all.map((work) => ({ userId: work.moodleUserId, leaving: leavingOf(work), held: work.held })),
    );
    return all.map((work) => admitted(work, mayGo));
  }

  private async enrol(works: readonly AccountInWork[]): Promise<AccountInWork[]> {
    const noted = works.map(withNotes);
    const changed = noted.filter(({ changes }) => changes.length > 0);
    if (changed.length === 0) return noted;
    await this.ledger.keep(changed);
    const answers = await this.enrolments.enrol(
      changed.map(({ moodleUserId, changes }) => ({ userId: moodleUserId, changes })),
    );
    const answered = new Map(changed.map((work, index) => [work, enrolled(work, answers[index]!)]));
    return noted.map((work) => answered.get(work) ?? work);
  }

  private async group(works: readonly AccountInWork[]): Promise<AccountInWork[]> {
    const outcomes = await this.groups.makeTrue(works.filter(({ missing }) => !missing));
    return works.map((work) => withGroups(work, outcomes.get(work.moodleUserId)));
  }
}
