import type { Failure } from '#contracts';
import type { Ledger } from '../ledger/ledger.js';
import type { Groups, Member } from '../moodle/groups.js';
import {
  groupChanges,
  groupKey,
  wantedGroups,
  type Grouping,
  type GroupName,
  type Membership,
  type Memberships,
  type WantedGroup,
} from '../rules/grouping.js';
import type { Removal } from '../rules/plan.js';
import type { AccountInWork } from './account-in-work.js';

/** What became of one account's groups. */
export interface GroupOutcome {
  readonly memberships: Memberships;
  /** By course id. */
  readonly refused: ReadonlyMap<number, Failure>;
}

export const withGroups = (work: AccountInWork, outcome: GroupOutcome | undefined): AccountInWork =>
  outcome
    ? {
        ...work,
        memberships: outcome.memberships,
        refused: new Map([...outcome.refused, ...work.refused]),
        touched: true,
      }
    : work;

/** One account on its way from group to group. As with the account, each step answers with a new one. */
interface Move extends GroupOutcome {
  readonly work: AccountInWork;
  /** Still to be entered and left. */
  readonly add: readonly WantedGroup[];
  readonly remove: readonly GroupName[];
}

type GroupIds = ReadonlyMap<string, number>;

/** Makes the academic groups true in Moodle, once the enrolments stand. */
export class GroupPass {
  constructor(
    private readonly ledger: Ledger,
    private readonly groups: Groups,
    private readonly grouping: Grouping,
    private readonly removal: Removal,
  ) {}

  /** By Moodle user id; of whom nothing is answered, nothing was to be done. The caller records the memberships. */
  async makeTrue(works: readonly AccountInWork[]): Promise<Map<number, GroupOutcome>> {
    const moving = works.map((work) => this.moveOf(work)).filter(({ add, remove }) => add.length + remove.length > 0);
    if (moving.length === 0) return new Map();
    const begun = await this.keepOwn(moving);
    const known = await this.ledger.groups(distinct(begun.flatMap(({ add, remove }) => [...add, ...remove])));
    const toMake = distinct(begun.flatMap(({ add }) => add)).filter((group) => !known.has(groupKey(group)));
    const { moves, ids } = await this.ensure(begun, toMake, known);
    const noted = (await this.look(moves, ids)).map((move) => marked(move, move.add, 'noted'));
    await this.ledger.keep(noted.map(({ work, memberships }) => ({ ...work, memberships })));
    const added = await this.add(noted, ids);
    const left = await this.remove(added.moves, added.ids);
    return new Map(left.map((move) => [move.work.moodleUserId, move]));
  }

  private moveOf(work: AccountInWork): Move {
    const { enrolments, memberships, desired, studies, wanted } = work;
    const stands = (courseId: number): boolean => {
      const entry = enrolments.get(courseId);
      return wanted.has(courseId) && !!entry && (entry.theirs ?? entry.made?.suspended === false);
    };
    const groups = wantedGroups(this.grouping, desired, studies, stands);
    // Where academic groups are shown no longer, cohorts stay as they are.
    const removal = this.grouping === 'none' ? 'keep' : this.removal;
    return { work, memberships, refused: new Map(), ...groupChanges(memberships, groups, removal) };
  }

  /** A group named for a course is for whoever is in none of its groups: before one is made, it is looked. */
  private async keepOwn(moves: readonly Move[]): Promise<readonly Move[]> {
    const open = ({ work, memberships, add }: Move) =>
      work.fresh ? [] : add.filter((group) => group.given && !memberships.has(groupKey(group)));
    const courses = [...new Set(moves.flatMap(open).map(({ courseId }) => courseId))];
    if (courses.length === 0) return moves;
    const grouped = await this.groups.grouped(courses);
    return moves.map((move) => {
      const kept = open(move).filter(({ courseId }) => grouped.get(courseId)?.has(move.work.moodleUserId));
      return { ...marked(move, kept, 'kept'), add: move.add.filter((group) => !kept.includes(group)) };
    });
  }

  /** Finds or makes groups and keeps their numbers; what cannot be made is refused to everyone who wants it. */
  private async ensure(
    moves: readonly Move[],
    groups: readonly GroupName[],
    ids: GroupIds,
  ): Promise<{ moves: readonly Move[]; ids: GroupIds }> {
    if (groups.length === 0) return { moves, ids };
    const ensured = await this.groups.ensure(groups);
    await this.ledger.keepGroups(ensured.ids);
    return {
      moves: moves.map((move) => refusing(move, (group) => ensured.refused.get(groupKey(group)))),
      ids: new Map([...ids, ...ensured.ids]),
    };
  }

  /** A member already, and never noted: somebody else put the student there, and it is not ours to undo. */
  private async look(moves: readonly Move[], ids: GroupIds): Promise<readonly Move[]> {
    const unknown = ({ work, memberships, add }: Move) =>
      work.fresh ? [] : add.filter((group) => !group.given && !memberships.has(groupKey(group)));
    const asked = distinct(moves.flatMap(unknown));
    if (asked.length === 0) return moves;
    const members = await this.groups.members(asked.map((group) => ({ group, groupId: ids.get(groupKey(group))! })));
    return moves.map((move) => {
      const isTheirs = (group: GroupName) => members.get(groupKey(group))?.has(move.work.moodleUserId) === true;
      const theirs = unknown(move).filter(isTheirs);
      return { ...marked(move, theirs, 'theirs'), add: move.add.filter((group) => !theirs.includes(group)) };
    });
  }

  private async add(moves: readonly Move[], ids: GroupIds): Promise<{ moves: readonly Move[]; ids: GroupIds }> {
    const first = await this.addOnce(moves, ids);
    if (first.refused.size === 0) return { moves: first.moves, ids };
    // The group may have been deleted by hand: found or made anew, it gets another number.
    const anew = await this.ensure(first.moves, distinct(first.moves.flatMap(({ add }) => add)), ids);
    const isMoved = (group: GroupName) => anew.ids.get(groupKey(group)) !== ids.get(groupKey(group));
    const again = anew.moves.map((move) =>
      refusing(move, (group) => (isMoved(group) ? undefined : first.refused.get(memberKey(move, group)))),
    );
    const last = await this.addOnce(again, anew.ids);
    return {
      moves: last.moves.map((move) => refusing(move, (group) => last.refused.get(memberKey(move, group)))),
      ids: anew.ids,
    };
  }

  /** What is refused is still to be entered. */
  private async addOnce(
    moves: readonly Move[],
    ids: GroupIds,
  ): Promise<{ moves: readonly Move[]; refused: ReadonlyMap<string, Failure> }> {
    const adding = moves.flatMap((move) => move.add.map((group) => ({ move, member: memberOf(move, group, ids) })));
    if (adding.length === 0) return { moves, refused: new Map() };
    const answers = await this.groups.add(adding.map(({ member }) => member));
    const refused = new Map<string, Failure>();
    adding.forEach(({ move, member }, index) => {
      const failure = answers[index];
      if (failure) refused.set(memberKey(move, member.group), failure);
    });
    const isRefused = (move: Move, group: GroupName) => refused.has(memberKey(move, group));
    return {
      moves: moves.map((move) => ({
        ...marked(
          move,
          move.add.filter((group) => !isRefused(move, group)),
          'made',
        ),
        add: move.add.filter((group) => isRefused(move, group)),
      })),
      refused,
    };
  }

  /** Leaving never fails a student: a group that is gone has no members. */
  private async remove(moves: readonly Move[], ids: GroupIds): Promise<Move[]> {
    const leaving = moves.flatMap((move) => move.remove.map((group) => memberOf(move, group, ids)));
    const known = leaving.filter(({ groupId }) => groupId !== undefined);
    if (known.length > 0) await this.groups.remove(known);
    return moves.map((move) => {
      const left = new Set(move.remove.map(groupKey));
      return { ...move, memberships: new Map([...move.memberships].filter(([key]) => !left.has(key))) };
    });
  }
}

const distinct = (groups: readonly GroupName[]): GroupName[] => [
  ...new Map(groups.map((group) => [groupKey(group), group])).values(),
];

const memberKey = ({ work }: Move, group: GroupName): string => `${work.moodleUserId} ${groupKey(group)}`;

const memberOf = ({ work }: Move, group: GroupName, ids: GroupIds): Member => ({
  group,
  groupId: ids.get(groupKey(group))!,
  userId: work.moodleUserId,
});

const marked = (move: Move, groups: readonly GroupName[], membership: Membership): Move => ({
  ...move,
  memberships: new Map([...move.memberships, ...groups.map((group) => [groupKey(group), membership] as const)]),
});

/** Enters no group for which there is a failure; of a course the first failure counts. */
function refusing(move: Move, failureOf: (group: GroupName) => Failure | undefined): Move {
  const refused = new Map(move.refused);
  const add = move.add.filter((group) => {
    const failure = failureOf(group);
    if (failure && !refused.has(group.courseId)) refused.set(group.courseId, failure);
    return !failure;
  });
  return { ...move, refused, add };
}
