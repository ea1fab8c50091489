import pg from 'pg';
import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { createDataSource } from '../../connection/data-source.js';
import { migrate } from '../../schema/migrate.js';
import { eventually } from '../../testing/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import type { Pause } from '../entities/pause.js';
import { PauseBook, type NewPause } from './pause-book.js';

let database: TestDatabase;
let control: pg.Client;
let dataSources: DataSource[];
let mine: PauseBook;
let theirs: PauseBook;

beforeEach(async () => {
  database = await createTestDatabase();
  control = new pg.Client({ connectionString: database.url });
  await control.connect();
  dataSources = await Promise.all(
    ['one', 'other'].map((schema) =>
      createDataSource({ url: database.url, schema, entities: [], migrations: [] }).initialize(),
    ),
  );
  await Promise.all(dataSources.map(migrate));
  [mine, theirs] = (await Promise.all(dataSources.map((dataSource) => new PauseBook(dataSource).open()))) as [
    PauseBook,
    PauseBook,
  ];
});
afterEach(async () => {
  await Promise.all([mine.close(), theirs.close()]);
  await Promise.all(dataSources.map((dataSource) => dataSource.destroy()));
  await control.end();
  await database.drop();
});

const pause = (more: Partial<NewPause> = {}): NewPause => ({
  system: 'lms',
  service: 'course-enroller',
  kind: 'outage',
  reason: both('Moodle не отвечает', 'Moodle does not answer'),
  by: 'course-enroller',
  ...more,
});
const kinds = (pauses: Pause[]): string[] => pauses.map(({ system, service, kind }) => `${system} ${service} ${kind}`);

test('a pause is in the own book at once and in the other soon, with all it says', async () => {
  const cure = both('почините', 'mend it');
  await mine.put(pause({ cure }));
  expect(kinds(mine.list())).toEqual(['lms course-enroller outage']);
  await eventually(() => expect(theirs.list()).toEqual(mine.list()));
  expect(theirs.of('lms', 'course-enroller')).toMatchObject([{ ...pause(), cure }]);
  expect(theirs.of('lms', 'user-provisioner')).toEqual([]);
  expect(await theirs.lift({ system: 'lms', service: 'course-enroller', kind: 'outage' })).toBe(true);
  await eventually(() => expect(mine.list()).toEqual([]));
  expect(await mine.lift({ system: 'lms', service: 'course-enroller', kind: 'outage' })).toBe(false);
});

test('putting it again keeps `since` and renews the reason; the same words again announce nothing', async () => {
  await mine.put(pause());
  const [first] = mine.list();
  let changes = 0;
  theirs.onChange(() => changes++);
  await mine.put(pause({ reason: both('всё ещё', 'still') }));
  expect(mine.list()).toMatchObject([{ since: first!.since, reason: { ru: 'всё ещё', en: 'still' } }]);
  await eventually(() => expect(theirs.list()).toEqual(mine.list()));
  const before = changes;
  await control.query('listen itk_pause');
  const heard: string[] = [];
  control.on('notification', (notification) => heard.push(notification.channel));
  await mine.put(pause({ reason: both('всё ещё', 'still') }));
  await control.query('select 1');
  expect(heard).toEqual([]);
  expect(changes).toBe(before);
});

test("a person's pause stands apart from the machine's, and only a named person ends it", async () => {
  await mine.put(pause());
  await mine.put(pause({ kind: 'person', by: 'admin' }));
  await mine.lift({ system: 'lms', service: 'course-enroller', kind: 'outage' });
  expect(kinds(mine.list())).toEqual(['lms course-enroller person']);
  await expect(mine.lift({ system: 'lms', service: 'course-enroller', kind: 'person', by: '' })).rejects.toThrow(
    'name them',
  );
  expect(mine.list()).toHaveLength(1);
  expect(await mine.lift({ system: 'lms', service: 'course-enroller', kind: 'person', by: 'admin' })).toBe(true);
  expect(mine.list()).toEqual([]);
});

test('changes made by hand are seen', async () => {
  await mine.put(pause());
  await eventually(() => expect(theirs.list()).toHaveLength(1));
  await control.query("update operations.pause set system = 'test'");
  await eventually(() => expect(kinds(theirs.list())).toEqual(['test course-enroller outage']));
  await control.query('truncate operations.pause');
  await eventually(() => expect(theirs.list()).toEqual([]));
});

test('a book opened later knows what stands', async () => {
  await mine.put(pause());
  const third = await new PauseBook(dataSources[0]!).open();
  expect(third.list()).toEqual(mine.list());
  await third.close();
});

test('cut off, it connects again and finds what changed meanwhile; later notifications come too', async () => {
  const heard = new Promise<Pause[]>((resolve) => theirs.onChange(resolve));
  // Without its trigger the change announces nothing: only reading again can find it.
  await control.query('set session_replication_role = replica');
  await control.query(
    `insert into operations.pause values ('lms', 'x', 'outage', '{"ru":"","en":""}', null, 'x', now())`,
  );
  const { rowCount } = await control.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'itk pauses' and datname = current_database()",
  );
  expect(rowCount).toBe(2);
  expect(kinds(await heard)).toEqual(['lms x outage']);
  await eventually(() => expect(mine.list()).toHaveLength(1));
  await mine.put(pause());
  await eventually(() => expect(theirs.list()).toHaveLength(2));
});

test('a listener that fails harms neither the others nor the book', async () => {
  const heard: number[] = [];
  mine.onChange(() => {
    throw new Error('bad listener');
  });
  const stop = mine.onChange((pauses) => heard.push(pauses.length));
  await mine.put(pause());
  stop();
  await mine.put(pause({ system: 'test' }));
  expect(heard).toEqual([1]);
  expect(mine.list()).toHaveLength(2);
});
