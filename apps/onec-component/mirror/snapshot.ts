import { both } from '#contracts';
import { disciplineKinds } from '../ledger/entities/mirror/disciplines.js';
import {
  code,
  count,
  dateIn,
  flag,
  kindOf,
  listOf,
  maybeCode,
  maybeText,
  maybeWhole,
  Misread,
  oneOf,
  text,
  type RecordOf,
  type ValueReader,
} from './plain-values.js';

/** Attributes by which a curriculum fits a group. */
const fit = { year: maybeWhole, field: maybeText, profile: maybeText, mode: maybeText, site: maybeText };
const disciplineKind = oneOf(disciplineKinds);

/** Fields of the records of each section: whole directories and registers, active records only. */
export const shapesIn = (zone: string) => ({
  /** Of whom no individual is known, GetStudents says so: it finds no name. */
  students: { code, individual: maybeCode },
  statuses: {
    student: code,
    period: dateIn(zone),
    /** Continues Education, or any other word. */
    status: text,
    group: maybeText,
    semester: maybeWhole,
    /** Where the state names the curriculum itself: its code, empty where it names none. */
    curriculum: maybeText,
  },
  names: { individual: code, period: dateIn(zone), lastname: text, firstname: text, middlename: text },
  groups: { code, name: text, ...fit, faculty: maybeText },
  curricula: {
    code,
    name: text,
    ...fit,
    template: flag,
    /** Approved, or any other word. */
    status: text,
    graduatingDepartment: maybeText,
    level: maybeText,
    lines: listOf({ disciplineKind, discipline: code, semester: count, department: text }),
  },
  disciplines: { kind: disciplineKind, code, name: text },
  departments: { code, name: text },
});
type Shapes = ReturnType<typeof shapesIn>;
export type Section = keyof Shapes;

const uuid: ValueReader<string> = (value) => {
  const given = typeof value === 'string' ? value.trim() : '';
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given)) return given;
  throw new Misread(both('идентификатор (UUID)', 'an identifier (UUID)'), kindOf(value));
};
const courseChanges: ValueReader<boolean> = (value) => (value === undefined ? true : flag(value));

/** The toolkit's own objects, for a start with something in them. Each is taken once and belongs to the component after. */
export const toolkitShapesIn = (zone: string) => ({
  systems: { code, name: code, address: text },
  documents: {
    id: uuid,
    number: code,
    date: dateIn(zone),
    author: text,
    lines: listOf({
      curriculum: code,
      department: text,
      disciplineKind,
      discipline: code,
      semester: count,
      /** Code of the system. */
      system: code,
      courseId: count,
      change: courseChanges,
      several: flag,
    }),
  },
});
type ToolkitShapes = ReturnType<typeof toolkitShapesIn>;
export type Toolkit = { [P in keyof ToolkitShapes]: RecordOf<ToolkitShapes[P]>[] };

/** Which fields some sources of records do not have at all. */
type Sometimes<R, F extends keyof R> = Omit<R, F> & Partial<Pick<R, F>>;
type RecordIn<S extends Section> = S extends 'statuses'
  ? Sometimes<RecordOf<Shapes['statuses']>, 'curriculum'>
  : S extends 'groups'
    ? Sometimes<RecordOf<Shapes['groups']>, 'faculty'>
    : RecordOf<Shapes[S]>;

/** 1C:University as the mirror takes it. */
export type Snapshot = { [S in Section]: RecordIn<S>[] } & { toolkit?: Toolkit };

/** Of which student, person, group... a section's records are, by code. */
const owners: Record<Section, string> = {
  students: 'code',
  statuses: 'student',
  names: 'individual',
  groups: 'code',
  curricula: 'code',
  disciplines: 'code',
  departments: 'code',
};
export const sections = Object.keys(owners) as Section[];
export const isSection = (name: string): name is Section => Object.hasOwn(owners, name);

/** Where a record stands: its number in its section, from 0, and whose it is, where that can be read. */
export interface RecordPlace {
  section: Section | 'systems' | 'documents';
  index: number;
  owner?: string;
  /** As 1C itself names it. */
  place?: string;
}

/** A record that cannot be read. */
export interface LeftOut extends RecordPlace {
  problems: Misread[];
}

export type SnapshotElement = {
  [S in Section]: RecordPlace & { section: S; value: Snapshot[S][number] };
}[Section];

/** Whose the record is, where its owner's code can be read. */
export function ownerIn(section: Section, raw: unknown): Pick<RecordPlace, 'owner'> {
  try {
    return { owner: code((raw as Record<string, unknown> | null)?.[owners[section]]) };
  } catch {
    return {};
  }
}
