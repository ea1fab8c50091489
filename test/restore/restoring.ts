import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { whatShouldStand, whatStands } from '../harness/compare.js';
import { runUniversity, serviceNames, type RunningUniversity } from '../harness/running-university.js';
import { until } from '../harness/until.js';

/** Of the database and of whatever else is copied with it. */
export interface Copy {
  make(): Promise<void>;
  /** In place of what is there; nobody is connected to it but the test. */
  restore(): Promise<void>;
}

export interface Restored {
  students: number;
  amqpUrl?: string;
  copyOf(databaseUrl: string): Promise<Copy>;
}

/** The steps of docs/operations.md, "Restore", with a copy that is older than Moodle and the queues. */
export function restoring({ students, amqpUrl, copyOf }: Restored): void {
  let database: TestDatabase;
  let university: RunningUniversity;
  beforeAll(async () => {
    database = await createTestDatabase();
    university = await runUniversity({
      ...{ students, seed: 11, faulty: 0, courses: 12, databaseUrl: database.url },
      ...(amqpUrl !== undefined && { amqpUrl }),
    });
  }, 180_000);
  afterAll(async () => {
    await university?.stop();
    await database.drop();
  }, 60_000);

  const moodle = () => university.systems[0]!.moodle;
  const expected = () => university.onec.expected(university.systems[0]!.els);
  const isAsExpected = (): boolean => {
    const [stands, wanted] = [whatStands(moodle()), whatShouldStand(expected())];
    return JSON.stringify([...stands].sort()) === JSON.stringify([...wanted].sort());
  };
  const told = async (): Promise<{ student: string; error: boolean }[]> => {
    const { rows } = await university.database.query<{ student: string; error: boolean }>(
      `select student, error from onec_component.synchronization where period >= (now() at time zone 'Europe/Moscow')`,
    );
    return rows;
  };
  const allTold = async (): Promise<boolean> =>
    new Set((await told()).map(({ student }) => student)).size >= expected().size;
  const through = async (): Promise<boolean> => isAsExpected() && (await allTold());
  const patience = 180_000 + students * 200;

  it(
    'what was made since the copy is found again: nothing is made twice, nobody is lost, nobody is flagged',
    async () => {
      const { changes } = university.onec;
      const copy = await copyOf(database.url);
      await university.start();
      await until('everybody is through before the copy', through, patience);
      await copy.make();

      const { group, semester } = university.onec.university.statuses.at(-1)!;
      const since = changes.admit(Math.ceil(students / 4), group!, semester!);
      const [renamed] = [...expected().keys()];
      changes.rename(renamed!, { lastname: `Иная${randomBytes(2).toString('hex').replace(/\d/g, 'а')}` });
      await until('everybody is through after the copy', through, patience);
      // the newest got accounts, and what is still to be done for them lies in a queue
      await university.services['course-enroller'].stop();
      const newest = changes.admit(Math.ceil(students / 4), group!, semester!);
      await until('the newest have accounts', () => newest.every((code) => whatStands(moodle()).has(code)), patience);
      for (const name of serviceNames) await university.services[name].kill();

      const accounts = new Map([...moodle().state.users.all()].map(({ id, idnumber }) => [id, idnumber]));
      const enrolled = { ...moodle().state.counters.functions };
      await copy.restore();
      await university.start();
      await until('everybody is through again', through, patience);

      expect(new Map([...moodle().state.users.all()].map(({ id, idnumber }) => [id, idnumber]))).toEqual(accounts);
      expect(moodle().state.counters.functions.core_user_create_users).toEqual(enrolled.core_user_create_users);
      expect(moodle().state.counters.noopEnrolments).toBe(0);
      expect((await told()).filter(({ error }) => error)).toEqual([]);
      const { rows } = await university.database.query<{ person_key: string }>(
        'select person_key from user_provisioner.accounts where moodle_user_id is not null and not noted',
      );
      const adopted = rows.map((row) => row.person_key);
      expect([...since, ...newest].filter((code) => !adopted.includes(code))).toEqual([]);
    },
    4 * patience,
  );
}
