import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '#contracts';
import { createSandboxOneC, type SandboxOneC, type ShapeName } from '../../../sandbox/onec/server.js';
import { examineMapping } from './examine.js';
import { near } from './missing.js';

let sandbox: SandboxOneC;
beforeAll(async () => {
  sandbox = await createSandboxOneC({ students: 40, seed: 4, faulty: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const fileOf = (shape: ShapeName): string =>
  new URL(`../../../config/mappings/${shape === 'stock' ? '1c-university-prof' : 'iasu'}.yaml`, import.meta.url)
    .pathname;
const examine = (shape: ShapeName, mappingFile = fileOf(shape), whole = true): Promise<Finding[]> =>
  examineMapping({
    ...{ url: sandbox.odata[shape].url, user: 'u', password: () => 'p' },
    ...{ mappingFile, now: '2100-01-01T00:00:00', whole },
  }).then(({ findings }) => findings);
/** The shipped mapping with a mistake. */
function spoilt(shape: ShapeName, from: string | RegExp, to: string): string {
  const text = readFileSync(fileOf(shape), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const file = join(mkdtempSync(join(tmpdir(), 'itk-mapping-')), 'own.yaml');
  writeFileSync(file, changed);
  return file;
}
const ill = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity === 'error' || severity === 'warning');

it.each(['stock', 'iasu'] as const)('%s: the shipped mapping fits; rows and ten examples are shown', async (shape) => {
  const findings = await examine(shape);
  expect(ill(findings)).toEqual([]);
  const groups = findings.find(({ check }) => check === 'mapping groups')!;
  expect(groups.what.en).toContain(`${sandbox.university.groups.length} rows`);
  const students = findings.find(({ check }) => check === 'mapping students')!;
  expect(students.what.ru).toContain('строк 40');
  const shown = sandbox.university.students.filter(({ code }) => students.what.en.includes(`code: ${code}`));
  expect(shown).toHaveLength(10);
  // References are told by what stands behind them.
  expect(findings.find(({ check }) => check === 'mapping statuses')!.what.en).toContain('status: Continues Education');
  expect(findings.find(({ check }) => check === 'mapping curricula')!.what.en).toMatch(
    /disciplineKind: (Disc|Cyc|Prac)/,
  );
  expect(findings.filter(({ check }) => check.startsWith('mapping guess')).length).toBeGreaterThan(2);
});

it('each section is shown as a table, too', async () => {
  const { sections } = await examineMapping({
    ...{ url: sandbox.odata.iasu.url, user: 'u', password: () => 'p' },
    ...{ mappingFile: fileOf('iasu'), now: '2100-01-01T00:00:00', whole: true },
  });
  const students = sections.find(({ section }) => section === 'students')!;
  expect(students).toMatchObject({ set: 'Catalog_Студенты', rows: 40, fields: ['code', 'individual'] });
  expect(students.examples).toHaveLength(10);
  const known = sandbox.university.students.map(({ code, individual }) => `${code} ${individual}`);
  for (const [code, individual] of students.examples) expect(known).toContain(`${code} ${individual}`);
  expect(sections.filter(({ section }) => section === 'disciplines').map(({ kind }) => kind)).toEqual([
    'Discipline',
    'Cycle',
    'Practice',
  ]);
  expect(sections.every(({ fields, examples }) => examples.every((one) => one.length === fields.length))).toBe(true);
});

it('names of people are shown by their first letter alone', async () => {
  const text = JSON.stringify(await examine('stock'));
  const long = sandbox.university.names.filter(({ lastname }) => lastname.length > 5);
  expect(long.length).toBeGreaterThan(10);
  for (const { lastname } of long) expect(text).not.toContain(lastname);
});

const mistakes: [string, ShapeName, string | RegExp, string, string, RegExp][] = [
  [
    'a set',
    'stock',
    /Catalog_УчебныеГруппы/g,
    'Catalog_УчебнаяГруппа',
    'odata Catalog_УчебнаяГруппа',
    /Catalog_УчебныеГруппы/,
  ],
  [
    'a field',
    'iasu',
    'lastname: Фамилия',
    'lastname: Фамилии',
    'odata InformationRegister_ФИОФизическихЛиц Фамилии',
    /Фамилия/,
  ],
  [
    'a reference without _Key',
    'stock',
    'individual: Owner_Key',
    'individual: Owner',
    'odata Catalog_ЗачетныеКниги Owner',
    /one type here: field: Owner_Key/,
  ],
  [
    'a composite reference',
    'iasu',
    /field: Дисциплина\n/,
    'field: Дисциплина_Key\n',
    'odata Catalog_УчебныеПланы.Дисциплины Дисциплина_Key',
    /composite type here/,
  ],
  [
    'a tabular part',
    'stock',
    'part: Дисциплины',
    'part: Дисциплина',
    'odata Document_УчебныйПлан Дисциплина',
    /Дисциплины/,
  ],
];
it.each(mistakes)('%s that is not there is named, with what comes near', async (_, shape, from, to, check, mend) => {
  const file = spoilt(shape, from, to);
  const found = (await examine(shape, file)).find((finding) => finding.check === check);
  expect(found).toMatchObject({ severity: 'error' });
  expect(found!.mend!.en).toMatch(mend);
});

it('a register that gives no slice under this name is told from the one that does', async () => {
  const file = spoilt('stock', 'set: Catalog_ФизическиеЛица', 'set: Catalog_ФизическиеЛица\n  slice: last');
  const found = (await examine('stock', file)).find(({ check }) => check.endsWith('SliceLast'));
  expect(found!.mend!.en).toMatch(/not periodic/);
});

it('a field that is empty in all examples is doubted', async () => {
  const empty = spoilt(
    'iasu',
    'name: Description\n    year',
    'name: { field: Description, pattern: "(@+)" }\n    year',
  );
  const found = (await examine('iasu', empty)).find(({ check }) => check === 'mapping groups empty');
  expect(found).toMatchObject({ severity: 'warning', what: { en: expect.stringMatching(/: name$/) as string } });
});

it('without the whole look only the list of sets is asked for', async () => {
  sandbox.odata.stock.asked.length = 0;
  expect(ill(await examine('stock', fileOf('stock'), false))).toEqual([]);
  expect(sandbox.odata.stock.asked).toEqual(['?$format=json']);
  sandbox.switches.odata.absent = ['Catalog_Курсы'];
  expect(ill(await examine('stock', fileOf('stock'), false)).map(({ check }) => check)).toEqual([
    'odata Catalog_Курсы',
  ]);
});

it.each([
  ['a locked base', { locked: true }, /locked/],
  ['a wrong password', { account: { user: 'u', password: 'другой' } }, /401/],
])('%s is told once, without waiting', async (_, switches, text) => {
  Object.assign(sandbox.switches.odata, switches);
  const findings = await examine('stock');
  expect(findings).toHaveLength(1);
  expect(findings[0]!.what.en).toMatch(text);
});

it('a mapping that is no mapping is told with its place', async () => {
  const [finding] = await examine('stock', spoilt('stock', /^names:/m, 'nmaes:'));
  expect(finding).toMatchObject({
    check: 'mapping',
    severity: 'error',
    what: { en: expect.stringContaining('names') as string },
  });
});

it('near names are those of the same kind of object, the nearest first', () => {
  const known = ['Catalog_ФормыОбучения', 'Catalog_ФормаОбучения', 'Document_ФормаОбучения', 'Catalog_Склады'];
  expect(near('Catalog_ФормаОбучений', known)).toEqual(['Catalog_ФормаОбучения', 'Catalog_ФормыОбучения']);
});
