import fc from 'fast-check';
import { roletypes, type Group, type Membership, type Person, type Properties, type Recstatus } from '../model.js';
import { given } from '../reading/element.js';

/** Texts as people write them, and what breaks careless readers; no two blanks in a row, none at the ends. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Иванов',
        'Ёлкина',
        "O'Brien",
        'МАТЕМАТИКА',
        '1',
        '&',
        '<',
        '>',
        ']]>',
        '"',
        '&amp;',
        '😀',
        '</person>',
      ),
      fc
        .string({ unit: 'grapheme-composite', maxLength: 6 })
        .map((text) => text.replace(/[\s\p{Cc}\uFFFE\uFFFF]/gu, '')),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.filter(Boolean).join(' '))
  .filter((text) => text.trim() === text && text !== '');

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const record = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K] | undefined> }): fc.Arbitrary<T> =>
  fc.record(fields as never).map((all) => given<T>(all as T));

const code = fc.oneof(
  fc.constantFrom('000012345', 'МАТ-101', 'MOODLE101'),
  fc.string({ unit: fc.constantFrom(...'АБВёz09-_.:/') as never, minLength: 1, maxLength: 12 }),
);
const sourcedid = fc.record({ source: fc.constantFrom('1C', 'Banner', ''), id: code });
const recstatus = optional(fc.constantFrom<Recstatus>(1, 2, 3));
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const moment = fc.record({ date: day, restrict: fc.boolean() });
const timeframe = fc
  .record({ begin: optional(moment), end: optional(moment) })
  .map((both) => given<NonNullable<Membership['timeframe']>>(both))
  .map((some) => (Object.keys(some).length === 0 ? undefined : some));

/** Every record the model can hold, with texts of `text`. Lines are those of nowhere. */
export function universities(text: fc.Arbitrary<string> = anyText) {
  const properties = record<Properties>({
    kind: fc.constant('properties'),
    line: fc.constant(0),
    datasource: optional(text),
    targets: fc.array(text, { maxLength: 2 }),
    type: optional(text),
    datetime: optional(day),
  });
  const group = record<Group>({
    kind: fc.constant('group'),
    line: fc.constant(0),
    sourcedid,
    recstatus,
    types: fc.array(record<Group['types'][number]>({ scheme: optional(text), value: text, level: optional(text) }), {
      maxLength: 2,
    }),
    short: optional(text),
    long: optional(text),
    full: optional(text),
    org: optional(record<NonNullable<Group['org']>>({ name: text, units: fc.array(text, { maxLength: 2 }) })),
    timeframe,
    relationships: fc.array(
      record<Group['relationships'][number]>({ relation: optional(text), sourcedid, label: optional(text) }),
      { maxLength: 2 },
    ),
  });
  const person = record<Person>({
    kind: fc.constant('person'),
    line: fc.constant(0),
    sourcedid,
    otherIds: fc.array(sourcedid, { maxLength: 2 }),
    recstatus,
    userids: fc.array(
      record<Person['userids'][number]>({ userid: code, type: optional(text), authentication: optional(text) }),
      { maxLength: 2 },
    ),
    name: record<Person['name']>({
      full: optional(text),
      family: optional(text),
      given: optional(text),
      other: optional(text),
    }),
    email: optional(text),
    phones: fc.array(record<Person['phones'][number]>({ number: text, type: optional(text) }), { maxLength: 2 }),
    address: optional(
      record<NonNullable<Person['address']>>({
        streets: fc.array(text, { maxLength: 2 }),
        locality: text,
        region: optional(text),
        postcode: optional(text),
        country: optional(text),
      }),
    ),
    photo: optional(record<NonNullable<Person['photo']>>({ reference: text, type: optional(text) })),
    systemrole: optional(text),
    institutionroles: fc.array(fc.record({ role: text, primary: fc.boolean() }), { maxLength: 2 }),
    extension: fc.dictionary(fc.constantFrom('cohort', 'snils', 'email'), text, { noNullPrototype: true }),
  });
  const membership = record<Membership>({
    kind: fc.constant('membership'),
    line: fc.constant(0),
    group: sourcedid,
    member: sourcedid,
    memberKind: fc.constantFrom('person', 'group'),
    role: fc.constantFrom(...roletypes),
    recstatus,
    active: fc.boolean(),
    subrole: optional(text),
    userid: optional(code),
    timeframe,
    cohort: optional(text),
  }).map((one) => (one.recstatus === 3 ? { ...one, active: false } : one));
  return fc.record({
    properties,
    groups: fc.array(group, { maxLength: 3 }),
    persons: fc.array(person, { maxLength: 3 }),
    memberships: fc.array(membership, { maxLength: 4 }),
  });
}
export type University = ReturnType<typeof universities> extends fc.Arbitrary<infer T> ? T : never;
