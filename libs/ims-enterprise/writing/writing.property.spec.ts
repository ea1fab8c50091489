import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EnterpriseRecord, Membership } from '../model.js';
import { given } from '../reading/element.js';
import { importAsMoodle, readAll, universities, type University } from '../testing/index.js';
import { plainText } from './text.js';
import { writeEnterprise, type Enterprise, type WrittenMembership } from './write.js';

/** Of any university, what the writer writes. Logins and addresses are exact, so they come as they can be written. */
const writtenOf = ({ properties, groups, persons, memberships }: University) => ({
  properties: given<NonNullable<Enterprise['properties']>>({
    datasource: properties.datasource,
    targets: properties.targets,
    datetime: properties.datetime,
  }),
  groups: groups.map(({ sourcedid, recstatus, short, long, full, org }) =>
    given<Groups[number]>({ sourcedid, recstatus, short, long, full, org }),
  ),
  persons: persons.map(({ sourcedid, recstatus, userids, name, email, address }) =>
    given<Persons[number]>({
      sourcedid,
      recstatus,
      userids: userids.slice(0, 1).map(({ userid, authentication }) =>
        given<Persons[number]['userids'][number]>({
          userid,
          authentication: authentication === undefined ? undefined : plainText(authentication).replace(/["'>]/g, '-'),
        }),
      ),
      name,
      email: email === undefined ? undefined : plainText(email),
      address: address && given<{ locality?: string; country?: string }>({ locality: address.locality, country: 'RU' }),
    }),
  ),
  memberships: memberships.map(({ group, member, role, active, recstatus, timeframe, cohort }) =>
    given<WrittenMembership>({ group, member, role, active, recstatus, timeframe, cohort }),
  ),
});
type Written = ReturnType<typeof writtenOf>;
type Groups = Extract<Enterprise['groups'], Iterable<unknown>> extends Iterable<infer T> ? T[] : never;
type Persons = Extract<Enterprise['persons'], Iterable<unknown>> extends Iterable<infer T> ? T[] : never;

async function fileOf(written: Written): Promise<string> {
  const lines: string[] = [];
  for await (const line of writeEnterprise(written)) lines.push(line);
  return lines.join('');
}

/** Every text as the writer writes it. */
const plain = <T>(value: T): T =>
  (typeof value === 'string'
    ? plainText(value)
    : Array.isArray(value)
      ? value.map(plain)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner as unknown)]))
        : value) as T;

const unwritten = { line: 0, phones: [], institutionroles: [], extension: {}, otherIds: [] };
function asRead({ properties, groups, persons, memberships }: Written): object[] {
  return plain([
    { kind: 'properties', line: 0, ...properties },
    ...groups.map((group) => ({ kind: 'group', line: 0, types: [], relationships: [], ...group })),
    ...persons.map((person) => ({
      kind: 'person',
      ...unwritten,
      ...person,
      ...(person.address && { address: { streets: [], ...person.address } }),
    })),
    ...memberships.map((one) => ({ kind: 'membership', line: 0, memberKind: 'person', ...one })),
  ]);
}
const withoutLine = (record: EnterpriseRecord): object => ({ ...record, line: 0 });

const moment = (said: { date: string; restrict: boolean } | undefined): string | undefined =>
  said?.restrict ? said.date : undefined;
const asMember = ({ group, member, role, active, timeframe, cohort }: WrittenMembership | Membership) => ({
  ...{ course: group.id, idnumber: member.id, roletype: role, enrol: active },
  ...{ begin: moment(timeframe?.begin), end: moment(timeframe?.end), group: cohort && plainText(cohort) },
});

describe('any university, written', () => {
  it('is read as the same', async () => {
    await fc.assert(
      fc.asyncProperty(universities(), async (university) => {
        const written = writtenOf(university);
        expect((await readAll(await fileOf(written))).map(withoutLine)).toEqual(asRead(written));
      }),
      { numRuns: 200 },
    );
  });

  it("is read by Moodle's regular expressions as the same", async () => {
    await fc.assert(
      fc.asyncProperty(universities(), async (university) => {
        const written = writtenOf(university);
        const read = importAsMoodle(await fileOf(written));
        expect(read.properties).toEqual([{ targets: plain(written.properties.targets) }]);
        expect(read.groups).toEqual(
          plain(written.groups).map(({ sourcedid, recstatus, short, long, full, org }) => ({
            ...{ id: sourcedid.id, recstatus: recstatus ?? 0, short, long, full, categories: org?.units ?? [] },
          })),
        );
        expect(read.persons).toEqual(
          plain(written.persons).map(({ sourcedid, recstatus, userids, name, email, address }) => ({
            ...{ idnumber: sourcedid.id, recstatus: recstatus ?? 0 },
            ...{ username: userids[0]?.userid, auth: userids[0]?.authentication },
            ...{ firstname: name.given, lastname: name.family, email },
            ...{ city: address?.locality, country: address?.country },
          })),
        );
        expect(read.members).toEqual(plain(written.memberships).map(asMember));
      }),
      { numRuns: 200 },
    );
  });
});
