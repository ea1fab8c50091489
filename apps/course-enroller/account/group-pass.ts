import type { Failure } from '#contracts';
import type { AccountInWork } from './account-pass.js';
import {
  groupChanges,
  groupKey,
  wantedGroups,
  type GroupChanges,
  type Grouping,
  type GroupName,
} from '../rules/grouping.js';
import type { Groups, Member } from '../moodle/groups.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Removal } from '../rules/plan.js';

interface Planned {
  work: AccountInWork;
  changes: GroupChanges;
}

/** Makes the academic groups true in Moodle, once the enrolments stand. */
export class GroupWork {
  constructor(
    private readonly ledger: Ledger,
    private readonly groups: Groups,
    private readonly grouping: Grouping,
    private readonly removal: Removal,
  ) {}

  /** Changes the accounts' pages; the caller records them. */
  async makeTrue(works: readonly AccountInWork[]): Promise<void> {
    if (this.grouping === 'none') return;
    const planned = works
      .map((work): Planned => ({ work, changes: this.changesFor(work) }))
      .filter(({ changes }) => changes.add.length + changes.remove.length > 0);
    if (planned.length === 0) return;
    const ids = await this.numbers(planned);
    await this.look(planned, ids);
    for (const { work, changes } of planned) {
      for (const group of changes.add) work.account.memberships.set(groupKey(group), 'noted');
      work.touched = true;
    }
    await this.ledger.keep(planned.map(({ work }) => work.account));
    await this.add(planned, ids);
    await this.remove(planned, ids);
  }

  private changesFor({ account, result, studies, wanted }: AccountInWork): GroupChanges {
    const stands = (courseId: number): boolean => {
      const entry = account.enrolments.get(courseId);
      return wanted.has(courseId) && !!entry && (entry.theirs ?? entry.is?.suspended === false);
    };
    return groupChanges(
      account.memberships,
      wantedGroups(this.grouping, result.desired, studies, stands),
      this.removal,
    );
  }

  private async numbers(planned: readonly Planned[]): Promise<Map<string, number>> {
    const names = new Map<string, GroupName>();
    const toMake = new Set<string>();
    for (const { changes } of planned) {
      for (const group of changes.add) {
        names.set(groupKey(group), group);
        toMake.add(groupKey(group));
      }
      for (const group of changes.remove) names.set(groupKey(group), group);
    }
    const ids = await this.ledger.groups([...names.values()]);
    await this.ensure(
      planned,
      [...toMake].filter((key) => !ids.has(key)).map((key) => names.get(key)!),
      ids,
    );
    return ids;
  }

  /** Finds or makes groups and keeps their numbers; what cannot be made is refused to everyone who wants it. */
  private async ensure(planned: readonly Planned[], groups: readonly GroupName[], ids: Map<string, number>) {
    if (groups.length === 0) return;
    const ensured = await this.groups.ensure(groups);
    await this.ledger.keepGroups(ensured.ids);
    for (const [key, id] of ensured.ids) ids.set(key, id);
    for (const { work, changes } of planned) {
      for (const group of changes.add) {
        const failure = ensured.refused.get(groupKey(group));
        if (failure) this.refuse(work, group, failure);
      }
      changes.add = changes.add.filter((group) => !ensured.refused.has(groupKey(group)));
    }
  }

  private refuse({ result }: AccountInWork, { courseId }: GroupName, failure: Failure): void {
    if (!result.refused.has(courseId)) result.refused.set(courseId, failure);
  }

  /** A member already, and never noted: somebody else put the student there, and it is not ours to undo. */
  private async look(planned: readonly Planned[], ids: ReadonlyMap<string, number>): Promise<void> {
    const unknown = ({ work, changes }: Planned) =>
      work.fresh ? [] : changes.add.filter((group) => !work.account.memberships.has(groupKey(group)));
    const asked = new Map(planned.flatMap(unknown).map((group) => [groupKey(group), group]));
    if (asked.size === 0) return;
    const members = await this.groups.members([...asked].map(([key, group]) => ({ group, groupId: ids.get(key)! })));
    for (const each of planned) {
      for (const group of unknown(each)) {
        const key = groupKey(group);
        if (members.get(key)?.has(each.work.moodleUserId)) each.work.account.memberships.set(key, 'theirs');
      }
      const { memberships } = each.work.account;
      each.changes.add = each.changes.add.filter((group) => memberships.get(groupKey(group)) !== 'theirs');
    }
  }

  private async add(planned: readonly Planned[], ids: Map<string, number>): Promise<void> {
    const refused = await this.addOnce(planned, ids);
    if (refused.size === 0) return;
    // The group may have been deleted by hand: found or made anew, it gets another number.
    const again = planned
      .map(({ work, changes }) => ({
        work,
        changes: { add: changes.add.filter((group) => refused.has(group)), remove: [] },
      }))
      .filter(({ changes }) => changes.add.length > 0);
    const groups = new Map(again.flatMap(({ changes }) => changes.add.map((group) => [groupKey(group), group])));
    const before = new Map(ids);
    await this.ensure(again, [...groups.values()], ids);
    for (const each of again)
      each.changes.add = each.changes.add.filter((group) => {
        const moved = ids.get(groupKey(group)) !== before.get(groupKey(group));
        if (!moved) this.refuse(each.work, group, refused.get(group)!);
        return moved;
      });
    const atLast = await this.addOnce(again, ids);
    for (const { work, changes } of again)
      for (const group of changes.add) if (atLast.has(group)) this.refuse(work, group, atLast.get(group)!);
  }

  private async addOnce(
    planned: readonly Planned[],
    ids: ReadonlyMap<string, number>,
  ): Promise<Map<GroupName, Failure>> {
    const adding = planned.flatMap(({ work, changes }) =>
      changes.add.map((group) => ({ work, member: this.member(work, group, ids) })),
    );
    const refused = new Map<GroupName, Failure>();
    if (adding.length === 0) return refused;
    const answers = await this.groups.add(adding.map(({ member }) => member));
    adding.forEach(({ work, member }, index) => {
      const failure = answers[index];
      if (failure) refused.set(member.group, failure);
      else work.account.memberships.set(groupKey(member.group), 'made');
    });
    return refused;
  }

  private member(work: AccountInWork, group: GroupName, ids: ReadonlyMap<string, number>): Member {
    return { group, groupId: ids.get(groupKey(group))!, userId: work.moodleUserId };
  }

  /** Leaving never fails a student: a group that is gone has no members. */
  private async remove(planned: readonly Planned[], ids: ReadonlyMap<string, number>): Promise<void> {
    const leaving = planned.flatMap(({ work, changes }) =>
      changes.remove.map((group) => ({ work, member: this.member(work, group, ids) })),
    );
    const known = leaving.filter(({ member }) => member.groupId !== undefined);
    if (known.length > 0) await this.groups.remove(known.map(({ member }) => member));
    for (const { work, member } of leaving) work.account.memberships.delete(groupKey(member.group));
  }
}
