import type { Failure } from '#contracts';
import { coursesOf, desiredOf } from '../rules/desired.js';
import type { Enrolled, Enrolments, Question } from '../moodle/enrolments.js';
import type { GroupWork } from './group-pass.js';
import type { Account, Ledger } from '../ledger/ledger.js';
import type { RemovalBrake } from '../removals/brake.js';
import type { Decision } from '../removals/removals.js';
import {
  afterReading,
  changesOf,
  coursesToRead,
  noted,
  recorded,
  type Entry,
  type Removal,
  type WantedCourses,
} from '../rules/plan.js';
import type { Bindings, Study } from '../intake/study.js';
import { roleUnknown } from '../rules/failures.js';
import type { AccountResult } from '../rules/verdict.js';

/** One account to be made true, with all the studies of its human. */
export interface AccountDue {
  moodleUserId: number;
  studies: Study[];
}

export interface EnrolmentRules {
  /** Role ids by shortname. */
  roles: Readonly<Record<string, number>>;
  defaultRole: string;
  removal: Removal;
}

/** An account in the making: the ledger's page of it, and what has become of it so far. */
export interface AccountInWork extends AccountDue {
  account: Account;
  /** Just made, and never worked on: nothing can stand there that we did not make. */
  fresh: boolean;
  wanted: WantedCourses;
  result: AccountResult & { done: Set<number>; refused: Map<number, Failure>; confirmed: Set<number> };
  /** Noted without a result in courses that cannot be looked into. */
  unseen: ReadonlyMap<number, Entry>;
  /** Courses whose suspension is held, and what a person has said of it. */
  held: Map<number, { decision?: Decision }>;
  touched: boolean;
}

/** Makes accounts' enrolments true: look where it must be, note, enrol, record. Few statements, whole batches. */
export class AccountWork {
  constructor(
    private readonly ledger: Ledger,
    private readonly enrolments: Enrolments,
    private readonly groups: GroupWork,
    private readonly rules: EnrolmentRules,
    /** Undefined where nobody is suspended. */
    private readonly brake: RemovalBrake | undefined,
  ) {}

  async makeTrue(due: readonly AccountDue[], bindings: Bindings): Promise<Map<number, AccountResult>> {
    const works = await this.begin(due, bindings);
    const ready = works.filter((work) => work.result.refused.size === 0);
    await this.brake?.recall(ready);
    await this.look(ready);
    await this.enrol(ready);
    await this.groups.makeTrue(ready.filter((work) => !work.result.missing));
    await this.ledger.keep(ready.filter((work) => work.touched && !work.result.missing).map((work) => work.account));
    await this.brake?.finish(ready);
    return new Map(works.map((work) => [work.moodleUserId, work.result]));
  }

  private async begin(due: readonly AccountDue[], bindings: Bindings): Promise<AccountInWork[]> {
    const known = await this.ledger.accounts(due.map((each) => each.moodleUserId));
    const courseIds = await this.courseIds(due, bindings);
    return due.map(({ moodleUserId, studies }) => {
      const account = known.get(moodleUserId);
      const desired = desiredOf(studies, bindings, this.rules.defaultRole, (idnumber) => courseIds.get(idnumber));
      const wanted = new Map<number, { roleId: number; begin?: number; end?: number }>();
      const refused = new Map<number, Failure>();
      for (const { courseId, role, begin, end } of desired.courses.values()) {
        const roleId = this.rules.roles[role];
        if (roleId === undefined) refused.set(courseId, roleUnknown(role));
        else wanted.set(courseId, { roleId, begin, end });
      }
      return {
        moodleUserId,
        studies,
        account: account ?? { moodleUserId, enrolments: new Map(), memberships: new Map() },
        fresh: !account && studies.some((study) => study.accountCreated),
        wanted,
        result: { desired, changes: [], done: new Set(), refused, confirmed: new Set(), missing: false },
        unseen: new Map(),
        held: new Map(),
        // The page is begun even for nobody's courses: the account is fresh but once.
        touched: !account,
      };
    });
  }

  private async courseIds(due: readonly AccountDue[], bindings: Bindings): Promise<Map<string, number>> {
    const idnumbers = new Set<string>();
    for (const study of due.flatMap((each) => each.studies))
      for (const { idnumber } of coursesOf(study, bindings, this.rules.defaultRole))
        if (idnumber) idnumbers.add(idnumber);
    return idnumbers.size === 0 ? new Map() : this.enrolments.courseIds([...idnumbers]);
  }

  private async look(works: readonly AccountInWork[]): Promise<void> {
    const toRead = new Map(works.map((work) => [work, this.coursesOf(work)]));
    const questions = works.flatMap((work): Question[] =>
      toRead.get(work)!.map((courseId) => ({
        userId: work.moodleUserId,
        courseId,
        state: work.account.enrolments.get(courseId)?.is !== undefined,
      })),
    );
    if (questions.length === 0) return;
    const { found, closed } = await this.enrolments.look(questions);
    for (const work of works) {
      const asked = toRead.get(work)!;
      if (asked.length === 0) continue;
      const { enrolments } = work.account;
      const read = asked.filter((courseId) => !closed.has(courseId));
      const after = afterReading(enrolments, read, found.get(work.moodleUserId) ?? new Map());
      work.account.enrolments = after.entries;
      work.unseen = new Map([...enrolments].filter(([courseId, entry]) => entry.to && closed.has(courseId)));
      for (const courseId of after.confirmed) work.result.confirmed.add(courseId);
      work.touched = true;
    }
  }

  /** What was released may have been held for days: it is looked at anew. */
  private coursesOf({ account: { enrolments }, wanted, fresh, held }: AccountInWork): number[] {
    const released = [...held].flatMap(([courseId, { decision }]) =>
      decision === 'released' && !wanted.has(courseId) && enrolments.get(courseId)?.is ? [courseId] : [],
    );
    return [...new Set([...coursesToRead(enrolments, wanted, fresh, this.rules.removal), ...released])];
  }

  private async enrol(works: readonly AccountInWork[]): Promise<void> {
    for (const { result, account, wanted } of works)
      result.changes = changesOf(account.enrolments, wanted, this.rules.removal);
    await this.brake?.admit(works);
    for (const work of works) {
      const { enrolments } = work.account;
      const after = noted(enrolments, work.result.changes, work.wanted);
      if (work.result.changes.length > 0 || after.size !== enrolments.size) work.touched = true;
      work.account.enrolments = after;
    }
    const changed = works.filter((work) => work.result.changes.length > 0);
    if (changed.length === 0) return;
    await this.ledger.keep(changed.map((work) => work.account));
    const answers = await this.enrolments.enrol(
      changed.map((work) => ({ userId: work.moodleUserId, changes: work.result.changes })),
    );
    changed.forEach((work, index) => this.take(work, answers[index]!));
  }

  private take(work: AccountInWork, { done, refused, missing }: Enrolled): void {
    const { result, account } = work;
    result.missing = missing;
    for (const courseId of done) result.done.add(courseId);
    for (const [courseId, failure] of refused) result.refused.set(courseId, failure);
    account.enrolments = recorded(account.enrolments, done, [...refused.keys()]);
    // Nobody could look there, so what was noted before may stand yet.
    for (const [courseId, entry] of work.unseen) if (refused.has(courseId)) account.enrolments.set(courseId, entry);
  }
}
