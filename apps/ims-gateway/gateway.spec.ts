import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { theGuidesExample } from '#ims-enterprise/testing';
import { schemaDrift } from '#persistence/testing';
import { FileLedger } from './ledger/file-ledger.js';
import { dataSource, GatewaySetup, withDatabase } from './testing/setup.js';
import { enterprise, group, member, person } from './testing/xml.js';

withDatabase();
let setup: GatewaySetup;
const open = async (...given: ConstructorParameters<typeof GatewaySetup>): Promise<GatewaySetup> =>
  (setup = await new GatewaySetup(...given).open());
afterEach(() => setup?.close());

const decide = (decision: 'released' | 'discarded') =>
  new FileLedger(dataSource).decide(setup.id, undefined, { decision, by: 'dean', why: 'so it is' });

it('the migrated schema is what the entities say', async () => {
  expect(await schemaDrift(dataSource)).toEqual([]);
});

it("the guide's example becomes one person in one course that may be made, and lies in the archive with its report", async () => {
  await open();
  await setup.drop('example.xml', theGuidesExample);
  await setup.work();
  expect(setup.published).toEqual([
    {
      system: setup.id,
      origin: 'ims',
      state: 'active',
      person: {
        ...{ code: 'xymoodle', userid: 'xymoodle', kind: 'student' },
        ...{ lastname: 'X', firstname: 'Y', middlename: '' },
      },
      courses: [{ idnumber: 'MOODLE101', role: 'student', group: 'unit 2', create: { fullname: 'Moodle 101' } }],
      revision: expect.any(Number),
    },
  ]);
  await setup.end();
  await setup.work();
  expect(await setup.lies()).toEqual(['archive/DAY/N-example.xml', 'archive/DAY/N-example.xml.report.json']);
  const [file] = await setup.files();
  expect(file).toMatchObject({
    ...{ state: 'applied', outcomes: { done: 1 } },
    counts: { groups: 1, persons: 1, memberships: 1, created: 1, coursesNew: 1, membershipsNew: 1, problems: 0 },
  });
  expect(await setup.report(file!)).toMatchObject({
    ...{ state: 'applied', open: 0, problems: [] },
    changes: [{ code: 'xymoodle', change: 'created', state: 'done' }],
  });
});

it('of a damaged file nothing is applied, and its report says line and column', async () => {
  await open();
  await setup.drop('a.xml', enterprise(person('1', 'A'), '<person></pers>'));
  await setup.work();
  expect(setup.published).toEqual([]);
  expect(await setup.lies()).toEqual(['rejected/DAY/N-a.xml', 'rejected/DAY/N-a.xml.report.json']);
  const [file] = await setup.files();
  expect(file).toMatchObject({ state: 'rejected', damage: { en: expect.stringMatching(/line 4, column \d+/) } });
  expect(await setup.report(file!)).toMatchObject({ damage: { ru: expect.stringContaining('строка 4') }, changes: [] });
  expect(await dataSource.query('select 1 from ims_gateway.persons where system = $1', [setup.id])).toEqual([]);
});

it('a damaged record is reported with its line, and the others go on', async () => {
  await open();
  const bad = [
    '<person><name><fn>Nobody</fn></name></person>',
    person('4,2', 'Comma'),
    member({ course: 'C', person: 'unknown' }),
    member({ course: 'x'.repeat(101), person: '1' }),
    `<membership><sourcedid><id>C</id></sourcedid><member><sourcedid><id>g</id></sourcedid><idtype>2</idtype><role roletype="01"><status>1</status></role></member></membership>`,
  ];
  await setup.drop('a.xml', enterprise(person('1', 'A'), ...bad, member({ course: 'C', person: '1' })));
  await setup.work();
  expect(setup.published.map(({ person: { code }, courses }) => [code, courses])).toEqual([
    ['1', [{ idnumber: 'C', role: 'student' }]],
  ]);
  const [file] = await setup.files();
  const { problems } = (await setup.report(file!)) as { problems: { line: number; cause: string; code: string }[] };
  expect(problems.map(({ line, cause, code }) => [line, cause, code])).toEqual([
    [4, 'no-id', null],
    [5, 'code-unusable', '4,2'],
    [7, 'course-code-long', null],
    [8, 'member-is-group', 'g'],
    [6, 'unknown-person', 'unknown'],
  ]);
  expect(file!.counts!.problems).toBe(5);
});

it('a file that is still being written waits', async () => {
  await open();
  const path = join(setup.folder, 'slow.xml');
  await writeFile(path, '<enterprise>');
  for (const piece of [person('1', 'A'), person('2', 'B'), '</enterprise>']) {
    await setup.work(1);
    expect(await setup.files()).toEqual([]);
    await appendFile(path, piece);
  }
  await setup.work(20);
  expect(setup.published.map(({ person: { code } }) => code)).toEqual(['1', '2']);
});

it('a delta says only what has changed; the person is told whole', async () => {
  await open();
  await setup.drop(
    '1.xml',
    enterprise(
      group('C', 'Chem'),
      person('1', 'A', '<email>a@b.c</email>'),
      member({ course: 'C', person: '1', cohort: 'g' }),
    ),
  );
  await setup.settle();
  await setup.drop(
    '2.xml',
    enterprise(member({ course: 'D', person: '1', role: '02' }), member({ course: 'E', person: '1', role: '08' })),
  );
  await setup.settle();
  expect(setup.last['1']).toMatchObject({
    person: { lastname: 'A', email: 'a@b.c' },
    courses: [
      { idnumber: 'C', role: 'student', group: 'g', create: { fullname: 'Chem' } },
      { idnumber: 'D', role: 'editingteacher' },
    ],
  });
  await setup.drop('3.xml', enterprise(member({ course: 'C', person: '1', recstatus: 3 })));
  await setup.settle();
  expect(setup.last['1']!.courses).toEqual([{ idnumber: 'D', role: 'editingteacher' }]);
  await setup.drop('4.xml', enterprise(person('1', 'A', '', 3)));
  await setup.settle();
  expect(setup.last['1']).toMatchObject({ state: 'withdrawn', courses: [] });
  expect(setup.published).toHaveLength(4);
});

it('the same again is no news, unless it had failed', async () => {
  await open();
  const file = enterprise(person('1', 'A'), person('2', 'B'));
  await setup.drop('1.xml', file);
  await setup.work();
  await setup.end(({ person: { code } }) => (code === '2' ? 'failed' : 'done'));
  await setup.drop('2.xml', file);
  await setup.work();
  expect(setup.published.map(({ person: { code } }) => code)).toEqual(['1', '2', '2']);
  await setup.end();
  await setup.work();
  const files = await setup.files();
  expect(files.map(({ counts, outcomes }) => [counts!.created, counts!.again, outcomes])).toEqual([
    [2, 0, { done: 2 }],
    [0, 1, { done: 1 }],
  ]);
});

it('a snapshot that removes too many is held; released it is applied, and a newer one takes its place', async () => {
  await open({ content: 'snapshot' });
  const people = (from: number, to: number) =>
    enterprise(...Array.from({ length: to - from }, (_, n) => person(`${from + n}`, 'A')));
  await setup.drop('1.xml', people(0, 100));
  await setup.settle();
  await setup.drop('2.xml', people(50, 100));
  await setup.settle();
  expect((await setup.files()).map(({ state }) => state)).toEqual(['applied', 'held']);
  expect(setup.published).toHaveLength(100);
  const troubles = () => dataSource.query(`select "check" from operations.trouble where system = $1`, [setup.id]);
  expect(await troubles()).toEqual([{ check: 'ims-file-held' }]);
  await setup.drop('3.xml', people(40, 100));
  await setup.settle();
  expect((await setup.files()).map(({ state }) => state)).toEqual(['applied', 'discarded', 'held']);
  expect(await decide('released')).toBe(1);
  await setup.settle();
  expect((await setup.files()).map(({ state }) => state)).toEqual(['applied', 'discarded', 'applied']);
  expect(setup.published.slice(100).map(({ state }) => state)).toEqual(Array(40).fill('withdrawn'));
  expect(await troubles()).toEqual([]);
  expect(await setup.lies()).toEqual(
    ['archive/DAY/N-1.xml', 'archive/DAY/N-3.xml', 'rejected/DAY/N-2.xml'].flatMap((path) => [
      path,
      `${path}.report.json`,
    ]),
  );
});

it('never more are under way than the window holds; who fails at one place holds up nobody', async () => {
  await open();
  setup.window = 3;
  await setup.drop('1.xml', enterprise(...Array.from({ length: 10 }, (_, n) => person(`${n}`, 'A'))));
  for (const number of [3, 6, 9, 10]) {
    await setup.work();
    expect(setup.published).toHaveLength(number);
    await setup.end(() => 'failed');
  }
  const [file] = await setup.files();
  expect(file!.outcomes).toEqual({ failed: 10 });
});

it('what changes under way goes out at once, in the same place', async () => {
  await open();
  setup.window = 1;
  await setup.drop('1.xml', enterprise(person('1', 'A')));
  await setup.work();
  await setup.drop('2.xml', enterprise(person('1', 'B'), person('2', 'C')));
  await setup.work();
  expect(setup.published.map(({ person: { lastname } }) => lastname)).toEqual(['A', 'B']);
  await setup.settle();
  expect(setup.published.map(({ person: { lastname } }) => lastname)).toEqual(['A', 'B', 'C']);
  expect((await setup.files()).map(({ outcomes }) => outcomes)).toEqual([{ done: 1 }, { done: 2 }]);
});

it('in a pause nothing is taken and nothing published', async () => {
  await open();
  setup.paused = true;
  await setup.drop('1.xml', enterprise(person('1', 'A')));
  await setup.work();
  expect([setup.published, await setup.files()]).toEqual([[], []]);
});

it('what became of a file is forgotten in its time, but not while somebody of it is under way; what it said stays', async () => {
  await open();
  await setup.drop('1.xml', enterprise(person('1', 'A')));
  await setup.settle();
  await setup.drop('2.xml', enterprise(person('2', 'B')));
  await setup.work();
  setup.now = Date.now() + 100 * 24 * 3_600_000;
  await setup.work();
  expect((await setup.files()).map(({ name }) => name)).toEqual(['2.xml']);
  await setup.end();
  setup.now += 3_600_000;
  await setup.work();
  expect(await setup.files()).toEqual([]);
  expect(await setup.lies()).toContain('archive/DAY/N-1.xml');
  const before = setup.published.length;
  await setup.drop('3.xml', enterprise(person('1', 'A'), person('2', 'B')));
  await setup.settle();
  expect(setup.published).toHaveLength(before);
});
