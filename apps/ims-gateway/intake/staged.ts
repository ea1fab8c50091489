import { both, codeSchema, tidyText, type Bilingual } from '#contracts';
import type { EnterpriseRecord, Group, Membership, Person, Roletype, Timeframe } from '#ims-enterprise';

export interface GroupData {
  short?: string;
  long?: string;
  full?: string;
}
export interface PersonData {
  full?: string;
  family?: string;
  given?: string;
  other?: string;
  userid?: string;
  email?: string;
  city?: string;
  picture?: string;
}
/** Dates only where they bind. */
export interface MembershipData {
  begin?: string;
  end?: string;
  cohort?: string;
}
export type StagedData = GroupData | PersonData | MembershipData;

/** A record as it is staged, or what is wrong with it. */
export type Staged =
  | { kind: 'group'; id: string; course: ''; role: ''; gone: boolean; data: GroupData; line: number }
  | { kind: 'person'; id: string; course: ''; role: ''; gone: boolean; data: PersonData; line: number }
  | {
      kind: 'membership';
      id: string;
      course: string;
      role: Roletype;
      gone: boolean;
      data: MembershipData;
      line: number;
    }
  | Unusable;
export interface Unusable {
  kind: 'problem';
  line: number;
  element: string;
  id?: string;
  cause: string;
  reason: Bilingual;
}

/** Without what is not there: what a file leaves out does not overwrite what an earlier one said. */
const given = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as T;

const tidy = (text: string | undefined): string | undefined => text && tidyText(text);

/** Moodle's course idnumber has room for so many characters. */
const courseCodeLength = 100;

const unusable = (line: number, element: string, id: string, cause: string, reason: Bilingual): Unusable => ({
  ...{ kind: 'problem', line, element, cause, reason },
  // A code that cannot be kept is not kept either.
  ...(id.length <= courseCodeLength && { id: tidyText(id) }),
});

const codeProblem = (line: number, element: string, id: string): Unusable | undefined =>
  codeSchema.safeParse(id).success
    ? undefined
    : unusable(
        ...([line, element, id, 'code-unusable'] as const),
        both(
          'код человека длиннее 64 знаков либо содержит запятую, # или управляющий знак',
          'the code of the person has over 64 characters, or a comma, a # or a control character in it',
        ),
      );

const courseProblem = (line: number, element: string, id: string): Unusable | undefined =>
  id.length <= courseCodeLength
    ? undefined
    : unusable(
        ...([line, element, id, 'course-code-long'] as const),
        both('код курса длиннее 100 знаков', 'the code of the course has over 100 characters'),
      );

const groupOf = ({ line, sourcedid: { id }, recstatus, short, long, full }: Group): Staged =>
  courseProblem(line, 'group', id) ?? {
    ...({ kind: 'group', id, course: '', role: '', gone: recstatus === 3, line } as const),
    data: given<GroupData>({ short: tidy(short), long: tidy(long), full: tidy(full) }),
  };

const personOf = (person: Person): Staged => {
  const { line, recstatus, name, userids, email, address, photo } = person;
  const { id } = person.sourcedid;
  const data = given<PersonData>({
    full: tidy(name.full),
    family: tidy(name.family),
    given: tidy(name.given),
    other: tidy(name.other),
    userid: userids[0]?.userid.slice(0, 255),
    email: tidy(email)?.slice(0, 255),
    city: tidy(address?.locality)?.slice(0, 255),
    picture: tidy(photo?.reference)?.slice(0, 2000),
  });
  return (
    codeProblem(line, 'person', id) ?? {
      ...({ kind: 'person', id, course: '', role: '', gone: recstatus === 3, line } as const),
      data,
    }
  );
};

/** Only a moment that binds is one for the enrolment. */
const binding = (timeframe: Timeframe | undefined, end: 'begin' | 'end'): string | undefined =>
  timeframe?.[end]?.restrict ? timeframe[end].date : undefined;

const membershipOf = (membership: Membership): Staged => {
  const { line, memberKind, role, active, timeframe, cohort } = membership;
  const [{ id }, { id: course }] = [membership.member, membership.group];
  if (memberKind === 'group')
    return unusable(
      ...([line, 'member', id, 'member-is-group'] as const),
      both(
        'членом курса названа группа: такие записи не применяются',
        'a group is named as a member: it is not applied',
      ),
    );
  return (
    codeProblem(line, 'member', id) ??
    courseProblem(line, 'membership', course) ?? {
      ...({ kind: 'membership', id, course, role, gone: !active, line } as const),
      data: given<MembershipData>({
        begin: binding(timeframe, 'begin'),
        end: binding(timeframe, 'end'),
        cohort: tidy(cohort),
      }),
    }
  );
};

/** What is kept of a record until its file is applied; nothing of what speaks of the file as a whole. */
export function staged(record: EnterpriseRecord): Staged | undefined {
  if (record.kind === 'properties') return undefined;
  if (record.kind === 'problem') {
    const { line, element, id, cause, reason } = record;
    return { kind: 'problem', line, element, ...(id !== undefined && { id: tidyText(id) }), cause, reason };
  }
  if (record.kind === 'group') return groupOf(record);
  return record.kind === 'person' ? personOf(record) : membershipOf(record);
}
