import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { studentChangedSchema, type Course, type StudentChanged } from '#contracts';
import type { GroupData, MembershipData, PersonData } from '../intake/staged.js';

/** All that files have said of one person. */
export interface KnownPerson {
  code: string;
  data: PersonData;
  gone: boolean;
  memberships: { course: string; role: string; data: MembershipData }[];
  /** The courses of these memberships that files have told of. */
  groups: Record<string, GroupData>;
}

export interface ContentRules {
  system: string;
  /** Role type to Moodle's role; who has another is not enrolled by it. */
  roles: Readonly<Record<string, string>>;
  /** IANA: where a day of a file begins. */
  zone: string;
  /** A person key is asked for besides the code. */
  per: 'student' | 'individual';
}

type Content = Omit<StudentChanged, 'revision'>;

/** What is offered for one code: the whole of it, or why it cannot be told. */
export type Offer = { code: string; hash: string } & (
  { kind: 'student'; content: Content } | { kind: 'unusable'; where: string }
);

const hashOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);

const seconds = (moment: DateTime): number | undefined => {
  const whole = Math.floor(moment.toSeconds());
  return Number.isFinite(whole) ? Math.max(0, whole) : undefined;
};

/** A day means its first moment as a begin, and its last as an end. */
export function momentOf(date: string, end: 'begin' | 'end', zone: string): number | undefined {
  const read = DateTime.fromISO(date, { zone });
  const wholeDay = date.length <= 10;
  return seconds(wholeDay && end === 'end' ? read.plus({ days: 1 }) : read);
}

/** Of several roles that are one in Moodle: the earliest begin, the latest end, the first group. */
function joined(one: Course, other: Course): Course {
  const begin = one.begin !== undefined && other.begin !== undefined ? Math.min(one.begin, other.begin) : undefined;
  const end = one.end !== undefined && other.end !== undefined ? Math.max(one.end, other.end) : undefined;
  const group = one.group ?? other.group;
  const { begin: _, end: __, group: ___, ...rest } = one;
  return {
    ...rest,
    ...(begin !== undefined && { begin }),
    ...(end !== undefined && { end }),
    ...(group !== undefined && { group }),
  };
}

const creating = ({ short, long, full }: GroupData, code: string): Course['create'] => ({
  fullname: full ?? long ?? short ?? code,
});

function coursesOf({ memberships, groups }: KnownPerson, { roles, zone }: ContentRules): Course[] {
  const courses = new Map<string, Course>();
  for (const { course, role: type, data } of memberships) {
    const role = roles[type];
    if (role === undefined) continue;
    const begin = data.begin === undefined ? undefined : momentOf(data.begin, 'begin', zone);
    const end = data.end === undefined ? undefined : momentOf(data.end, 'end', zone);
    const group = groups[course];
    const wanted: Course = {
      idnumber: course,
      role,
      ...(begin !== undefined && { begin }),
      ...(end !== undefined && { end }),
      ...(data.cohort !== undefined && { group: data.cohort }),
      ...(group && { create: creating(group, course) }),
    };
    const key = JSON.stringify([course, role]);
    const before = courses.get(key);
    courses.set(key, before ? joined(before, wanted) : wanted);
  }
  return [...courses.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, course]) => course);
}

const nameOf = ({ full, family, given, other }: PersonData) =>
  // Only the whole name is given: which part of it is the family's nobody can tell.
  family === undefined && given === undefined
    ? { lastname: full ?? '', firstname: '', middlename: '' }
    : { lastname: family ?? '', firstname: given ?? '', middlename: other ?? '' };

/** What the course is called is no content: a new name must not send a thousand students on their way. */
const withoutNames = (courses: readonly Course[]): unknown =>
  courses.map(({ create, ...course }) => ({ ...course, create: create !== undefined }));

/** What is to be said of a person: the whole record, as if 1C had said it. */
export function offerOf(person: KnownPerson, rules: ContentRules): Offer {
  const { code, data, gone } = person;
  const { userid, email, city, picture } = data;
  const content: Content = {
    system: rules.system,
    origin: 'ims',
    state: gone ? 'withdrawn' : 'active',
    person: {
      code,
      ...(rules.per === 'individual' && { individual: code }),
      ...nameOf(data),
      kind: 'student',
      ...(userid !== undefined && { userid }),
      ...(email !== undefined && { email }),
      ...(city !== undefined && { city }),
      ...(picture !== undefined && { picture }),
    },
    courses: gone ? [] : coursesOf(person, rules),
  };
  const hash = hashOf({ ...content, courses: withoutNames(content.courses) });
  const checked = studentChangedSchema.safeParse({ ...content, revision: 0 });
  if (checked.success) return { kind: 'student', code, hash, content };
  const where = checked.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
  return { kind: 'unusable', code, hash, where };
}
