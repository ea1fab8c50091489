import { readFileSync } from 'node:fs';
import { createSandboxOneC, type SandboxOneC, type ShapeName } from '../../../sandbox/onec/server.js';
import { generateUniversity } from '../../../sandbox/onec/university/generate.js';
import { ODataClient } from '../client/client.js';
import { MappingError, parseMapping, readMapping } from './mapping.js';
import { planOf, RingError } from './plan.js';
import { readMapped, type MappedRecord } from './read.js';

const fileOf = (shape: ShapeName): string =>
  new URL(`../../../config/mappings/${shape === 'stock' ? '1c-university-prof' : 'iasu'}.yaml`, import.meta.url)
    .pathname;
const textOf = (shape: ShapeName): string => readFileSync(fileOf(shape), 'utf8');

let sandbox: SandboxOneC;
beforeAll(async () => {
  const today = new Date('2025-10-15T09:00:00Z');
  const university = generateUniversity({ students: 120, seed: 5, systems: ['lms'], courses: 40, faulty: 0.1, today });
  sandbox = await createSandboxOneC({ university });
});
afterAll(() => sandbox.close());

const autumn = '2025-10-15T12:00:00';
async function recordsOf(shape: ShapeName, now = autumn, text = textOf(shape)): Promise<MappedRecord[]> {
  const { url } = sandbox.odata[shape];
  const client = new ODataClient({ url, user: 'u', password: () => 'p', pageSize: 50 });
  const records: MappedRecord[] = [];
  for await (const lot of readMapped(client, parseMapping(text, shape), { now, toolkit: true })) records.push(...lot);
  return records;
}
const of = (records: readonly MappedRecord[], section: string) =>
  records.filter((one) => one.section === section).map(({ raw }) => raw);
const byCode = (records: Record<string, unknown>[]) => new Map(records.map((one) => [String(one.code), one]));

it.each(['stock', 'iasu'] as const)(
  '%s: everything of the university comes through the shipped mapping',
  async (shape) => {
    const { university } = sandbox;
    const records = await recordsOf(shape);
    expect(of(records, 'students').map(({ code, individual }) => ({ code, individual }))).toEqual(
      expect.arrayContaining(university.students),
    );
    const groups = new Map(university.groups.map((group) => [group.name, group]));
    const read = of(records, 'groups');
    expect(read).toHaveLength(university.groups.length);
    for (const { name, year, field, profile, mode, faculty } of read) {
      const group = groups.get(String(name))!;
      expect({ name, year, mode, field }).toEqual({ name, year: group.year, mode: group.mode, field: group.field });
      expect(profile ?? null).toBe(group.profile);
      expect(faculty).toBe(`Институт ${group.name.split('-')[0]}`);
    }
    const lines = of(records, 'curricula').flatMap((plan) => plan.lines as Record<string, unknown>[]);
    expect(lines).toHaveLength(university.curricula.flatMap((plan) => plan.lines).length);
    expect(
      lines.every(({ discipline, disciplineKind, department }) => discipline && disciplineKind && department),
    ).toBe(true);
  },
);

it('the composite reference of a discipline says of which kind it is', async () => {
  const plans = byCode(of(await recordsOf('iasu'), 'curricula'));
  for (const plan of sandbox.university.curricula)
    expect(plans.get(plan.code)!.lines).toEqual(
      plan.lines.map(({ disciplineKind, discipline, semester, department }) => ({
        ...{ disciplineKind, discipline, semester, department },
      })),
    );
});

it('states of the stock shape name the plan, and their semester comes from course and half of the year', async () => {
  const spring = of(await recordsOf('stock', '2026-03-01T00:00:00'), 'statuses');
  const before = of(await recordsOf('stock', '2026-02-06T23:59:59'), 'statuses');
  expect(spring).toHaveLength(120);
  const known = new Set(sandbox.university.curricula.map(({ code }) => code));
  expect(spring.filter(({ curriculum }) => known.has(String(curriculum))).length).toBeGreaterThan(100);
  for (const [index, { semester }] of spring.entries()) expect(semester).toBe(Number(before[index]!.semester) + 1);
  expect(spring.every(({ semester }) => Number(semester) % 2 === 0)).toBe(true);
});

it('the former component’s directory and documents come along where they are asked for', async () => {
  const records = await recordsOf('iasu');
  expect(of(records, 'systems')).toEqual(sandbox.university.toolkit.systems);
  expect(
    of(records, 'documents')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(sandbox.university.toolkit.documents.map(({ id }) => id).sort());
});

it('while a page is being stored 1C is at the next one, and at no other', async () => {
  const { url } = sandbox.odata.iasu;
  const client = new ODataClient({ url, user: 'u', password: () => 'p', pageSize: 10 });
  let asked = 0;
  const rows: ODataClient['rows'] = async function* (source) {
    const pages = client.rows(source);
    // one is not looked at before the one before has come
    for (asked++; ; asked++) {
      const { value, done } = await pages.next();
      if (done) return;
      yield value;
    }
  };
  const lots = readMapped({ rows }, readMapping(fileOf('iasu')), { now: autumn, toolkit: false });
  for (let handed = 1; handed <= 3; handed++) {
    await lots.next();
    const wanted = asked;
    await lots.next();
    expect(asked).toBe(wanted + 1);
  }
  await lots.return(undefined);
});

it('a directory is read once for all that is wanted of it, and before whatever refers to it', () => {
  for (const shape of ['stock', 'iasu'] as const) {
    const passes = planOf(readMapping(fileOf(shape)), { toolkit: true });
    const whole = passes.filter(({ slice }) => !slice).map(({ set }) => set);
    expect(new Set(whole).size).toBe(whole.length);
    const places = new Map(passes.map(({ set }, place) => [set, place]));
    const [statuses, students] = [
      passes.findIndex(({ sections }) => sections.some(({ section }) => section === 'statuses')),
      passes.findIndex(({ sections }) => sections.some(({ section }) => section === 'students')),
    ];
    expect(students).toBeLessThan(statuses);
    expect(places.get(shape === 'stock' ? 'Catalog_Курсы' : 'Catalog_УчебныеГруппы')).toBeLessThan(statuses);
  }
});

const spoilt: [string, (text: string) => string, RegExp][] = [
  ['a key with a typing error', (text) => text.replace('lastname: Фамилия', 'lastnam: Фамилия'), /names\.fields/],
  ['a section that is missing', (text) => text.replace(/^names:[\s\S]*?\n\n/m, ''), /names/],
  ['a directory without what to take', (text) => text.replace(', take: КодСпециальности', ''), /take/],
  ['a day that is none', (text) => text.replace('autumn: 09-01', 'autumn: 13-01'), /autumn/],
  ['a pattern without a group', (text) => text.replace("'(\\d+)'", "'\\d+'"), /group/],
  ['no YAML', (text) => `${text}\n\t- : :`, /./],
];
it.each(spoilt)('%s is refused with its place', (_, spoil, place) => {
  const text = spoil(textOf('stock'));
  expect(text).not.toBe(textOf('stock'));
  expect(() => parseMapping(text, 'own.yaml')).toThrow(MappingError);
  expect(() => parseMapping(text, 'own.yaml')).toThrow(place);
});

it('directories that refer to one another in a ring are refused by name', () => {
  const ring = textOf('stock').replace(
    'individual: Owner_Key',
    'individual: { field: Owner_Key, in: Catalog_А, take: { field: Б_Key, in: Catalog_Б, take: { field: А_Key, in: Catalog_А, take: { field: Б_Key, in: Catalog_Б, take: { field: А_Key, in: Catalog_А, take: Code } } } } }',
  );
  expect(() => planOf(parseMapping(ring, 'own.yaml'), { toolkit: false })).toThrow(RingError);
  expect(() => planOf(parseMapping(ring, 'own.yaml'), { toolkit: false })).toThrow(
    /Catalog_А -> Catalog_Б|Catalog_Б -> Catalog_А/,
  );
});
