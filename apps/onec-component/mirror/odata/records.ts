import { both } from '#contracts';
import type { MappedRecord } from '#odata';
import { Misread, readRecord } from '../plain-values.js';
import {
  isSection,
  ownerIn,
  shapesIn,
  toolkitShapesIn,
  type LeftOut,
  type Section,
  type SnapshotElement,
  type Toolkit,
} from '../snapshot.js';

/** Sections whose records have a code that nobody else may have. */
const coded = new Set<Section>(['students', 'groups', 'curricula', 'disciplines', 'departments']);

const twice = (): Misread =>
  new Misread(
    both('код, которого больше ни у кого нет', 'a code that nobody else has'),
    both('уже встретившийся', 'one that has come before'),
    'code',
  );

/** Records of the mirror out of what a mapping gives, in the order in which it gives them: students before the rest. */
export class Records {
  readonly toolkit: Toolkit = { systems: [], documents: [] };
  /** Of the toolkit's own objects. */
  readonly leftOut: LeftOut[] = [];
  private readonly counts = new Map<string, number>();
  private readonly codes = new Map<Section, Set<string>>();
  private readonly individuals = new Set<string>();
  private readonly shapes: ReturnType<typeof shapesIn>;
  private readonly toolkitShapes: ReturnType<typeof toolkitShapesIn>;

  constructor(
    zone: string,
    /** The states name the curriculum: an empty one is none, not one to be found by the group. */
    private readonly planNamed: boolean,
  ) {
    this.shapes = shapesIn(zone);
    this.toolkitShapes = toolkitShapesIn(zone);
  }

  /** Nothing where the record is of nobody whom we know, or belongs to the toolkit. */
  take({ section, raw, place }: MappedRecord): (SnapshotElement | LeftOut)[] {
    const index = this.counts.get(section) ?? 0;
    this.counts.set(section, index + 1);
    if (!isSection(section)) {
      this.takeToolkit(section as keyof Toolkit, index, raw, place);
      return [];
    }
    // A reference to nobody, or to a book that was deleted: no record of a student's.
    if (section === 'statuses' && raw.student === null) return [];
    if (section === 'names' && !this.individuals.has(String(raw.individual))) return [];
    if (section === 'statuses' && this.planNamed) raw.curriculum ??= '';
    // A heading of the plan names no discipline.
    if (section === 'curricula' && Array.isArray(raw.lines))
      raw.lines = raw.lines.filter((line: Record<string, unknown>) => line.discipline !== null);
    if (section === 'students') this.individuals.add(String(raw.individual));
    const about = { section, index, place, ...ownerIn(section, raw) };
    const read = readRecord(this.shapes[section], raw);
    if (!('value' in read)) return [{ ...about, problems: read.problems }];
    if (coded.has(section) && this.known(section, raw)) {
      const left: LeftOut[] = [{ ...about, problems: [twice()] }];
      // Whose states are whose can no longer be told.
      if (section === 'students') left.push({ ...about, section: 'statuses', problems: [twice()] });
      return left;
    }
    return [{ ...about, value: read.value } as SnapshotElement];
  }

  private known(section: Section, { kind, code }: Record<string, unknown>): boolean {
    const codes = this.codes.get(section) ?? new Set<string>();
    this.codes.set(section, codes);
    const key = kind === undefined ? String(code).trim() : `${String(kind)} ${String(code).trim()}`;
    return codes.size === codes.add(key).size;
  }

  private takeToolkit(section: keyof Toolkit, index: number, raw: Record<string, unknown>, place: string): void {
    const read = readRecord(this.toolkitShapes[section], raw);
    if ('value' in read) (this.toolkit[section] as unknown[]).push(read.value);
    else this.leftOut.push({ section, index, place, problems: read.problems });
  }
}
