import type { Failure } from '#contracts';
import type { FileGroup, FileLedger } from '../ledger/file-ledger.js';
import type { Groups, Member } from '../moodle/groups.js';
import { groupKey, type GroupName } from '../rules/grouping.js';

/** Moodle's importer finds a group by its name: no number is needed, and the ledger wants one. */
const noNumber = 1;

const groupOf = ({ userId, group }: Member): FileGroup => ({
  ...{ moodleUserId: userId, courseId: group.courseId, group: group.name },
});

/** Groups of courses in a file: the cohort of a membership, which the importer makes where it is missing. */
export class FileGroups implements Groups {
  constructor(private readonly ledger: FileLedger) {}

  ensure(groups: readonly GroupName[]): Promise<{ ids: Map<string, number>; refused: Map<string, Failure> }> {
    return Promise.resolve({ ids: new Map(groups.map((group) => [groupKey(group), noNumber])), refused: new Map() });
  }

  /** Nobody can look. */
  grouped(): Promise<Map<number, ReadonlySet<number>>> {
    return Promise.resolve(new Map());
  }

  members(): Promise<Map<string, Set<number>>> {
    return Promise.resolve(new Map());
  }

  async add(members: readonly Member[]): Promise<(Failure | undefined)[]> {
    await this.ledger.keepGroups(members.map(groupOf));
    return members.map(() => undefined);
  }

  async remove(members: readonly Member[]): Promise<(Failure | undefined)[]> {
    await this.ledger.leaveGroups(members.map(groupOf));
    return members.map(() => undefined);
  }
}
