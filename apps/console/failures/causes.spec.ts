import { both, mostCauses, type Failure } from '#contracts';
import { ConsoleSetup, noCourse, until, userProvisioned } from '../testing/console-setup.js';
import { archive } from './desk/desk.js';
import { countByState, countFailures, groupFailures, listFailures } from './desk/overview.js';
import { trendOf } from './desk/trend.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open(), 60_000);
afterEach(() => setup.clear());
afterAll(() => setup.close());

const several = (...about: string[]): Failure => {
  const causes = about.map((each) => ({ ...noCourse(each), cure: both(`лечение ${each}`, `cure ${each}`) }));
  const [ru, en] = (['ru', 'en'] as const).map((language) => causes.map(({ reason }) => reason[language]).join('; '));
  return { ...causes[0]!, reason: both(ru!, en!), causes };
};
const bury = async (code: string, failure: Failure): Promise<void> => {
  await setup.bury(userProvisioned(setup.system, code, 50), failure);
};
const drained = async (count: number): Promise<void> => {
  setup.during((stop) => setup.drain().run(stop));
  await until('all are stored', async () => (await setup.failures()).length === count);
};
const groups = async () => (await groupFailures(setup.dataSource, {})).sort((a, b) => a.about.localeCompare(b.about));

test('a failure of two causes stands in both groups, each with its own words; totals count it once', async () => {
  await bury('001', several('23', '24'));
  await bury('002', noCourse('24'));
  await drained(2);
  const [first, second, ...more] = await groups();
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    ...{ about: '23', failures: 1, students: 1, shared: 1, kind: 'course', cause: 'course-missing' },
    ...{ reason: noCourse('23').reason, cure: both('лечение 23', 'cure 23') },
  });
  expect(second).toMatchObject({ about: '24', failures: 2, students: 2, shared: 1, reason: noCourse('24').reason });
  expect(await countFailures(setup.dataSource, {})).toBe(2);
  expect(await countByState(setup.dataSource, {})).toMatchObject({ failures: 2, students: 2, shared: 1 });

  const codes = async (selection: object) =>
    (await listFailures(setup.dataSource, selection, 9)).map(({ code }) => code).sort();
  expect(await codes({ group: first!.group })).toEqual(['001']);
  expect(await codes({ group: second!.group })).toEqual(['001', '002']);
  expect(await codes({ kind: 'course', about: '24' })).toEqual(['001', '002']);
  expect(await codes({ about: '25' })).toEqual([]);
  expect((await groupFailures(setup.dataSource, { about: '24' })).map(({ about }) => about)).toEqual(['24']);
  const { ofGroup } = await trendOf(setup.dataSource, {});
  expect([first!, second!].map(({ group }) => ofGroup.get(group)!.at(-1))).toEqual([1, 2]);
});

test('a deed upon a group takes it out of the other, too', async () => {
  await bury('001', several('23', '24'));
  await bury('002', noCourse('23'));
  await drained(2);
  const [first, second] = await groups();
  expect(await archive(setup.dataSource, { group: second!.group }, 'me', 'x')).toBe(1);
  expect(await groups()).toMatchObject([{ group: first!.group, failures: 1, shared: 0 }]);
});

test('it dies again of one of them: the other has let it go', async () => {
  const message = userProvisioned(setup.system, '001', 50);
  await setup.bury(message, several('23', '24'), { at: new Date(Date.now() - 60_000) });
  await drained(1);
  expect(await groups()).toHaveLength(2);
  await setup.bury(message, noCourse('24'));
  await until('it has died twice', async () => (await setup.failures())[0]!.attempts.length === 2);
  expect(await groups()).toMatchObject([{ about: '24', shared: 0 }]);
});

test('however many causes and however long their words: the letter comes, bounded', async () => {
  const long = 'я'.repeat(5_000);
  const causes = Array.from({ length: 30 }, (_, index) => ({ ...noCourse(`${index}`), reason: both(long, long) }));
  await bury('001', { ...causes[0]!, causes });
  await drained(1);
  expect((await setup.failures())[0]!.causes).toHaveLength(mostCauses);
});

test('what stands in the header and is no list of causes of this death is none', async () => {
  const { causesOf } = await import('./letter/causes.js');
  const first = { kind: 'course', cause: 'c', about: '1' } as const;
  const read = (causes: unknown) => causesOf({ 'x-itk-causes': causes }, first);
  const entry = (about: string) => ({ kind: 'course', cause: 'c', about, ru: 'р', en: 'r' });
  expect(read([entry('1'), entry('2')])).toHaveLength(2);
  for (const odd of [undefined, 'x', [], [null, 5], [entry('1')], [entry('2'), entry('1')], [entry('1'), entry('1')]])
    expect(read(odd)).toEqual([]);
});
