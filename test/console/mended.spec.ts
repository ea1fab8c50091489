import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whatShouldStand, whatStands } from '../harness/compare.js';
import { itk as runItk } from '../harness/itk.js';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { until } from '../harness/until.js';

interface Group {
  kind: string;
  about: string;
  students: number;
}

describe('a course that takes nobody: found by its cause, mended, replayed', () => {
  let university: RunningUniversity;
  let console: ServiceProcess;
  const itk = <T>(...given: string[]) => runItk<T>(university.environment, ...given);
  const live = async (): Promise<number> =>
    Number(
      (
        await university.database.query<{ number: string }>(
          `select count(distinct student) as number from onec_component.synchronization
            where period >= (now() at time zone 'Europe/Moscow')`,
        )
      ).rows[0]!.number,
    );

  beforeAll(async () => {
    university = await runUniversity({ students: 80, seed: 11, faulty: 0.05, courses: 12 });
    console = university.replica('console');
  }, 120_000);
  afterAll(async () => university?.stop(), 60_000);

  it('one row for all its students; after the replay nothing is open and Moodle is as it should be', async () => {
    const { moodle, els, id } = university.systems[0]!;
    const expected = university.onec.expected(els);
    const should = whatShouldStand(expected) as Map<string, { courses: number[] }>;
    const course = [...should.values()].flatMap(({ courses }) => courses)[0]!;
    const concerned = [...should.values()].filter(({ courses }) => courses.includes(course)).length;
    moodle.state.courses.update(moodle.state.courses.get(course)!, { manual: false });
    await Promise.all([university.start(), console.start()]);

    await until('1C has nothing more to offer', async () => (await live()) >= expected.size, 90_000);
    const courseGroup = async (): Promise<Group | undefined> =>
      (await itk<Group[]>('failures', 'groups', '--kind', 'course')).json[0];
    await until('all are drained', async () => (await courseGroup())?.students === concerned, 60_000);
    const groups = (await itk<Group[]>('failures', 'groups')).json;
    const faulty = [...expected.values()].filter((student) => student.kind === 'fault').length;
    expect(groups.filter(({ kind }) => kind === 'course')).toMatchObject([
      { about: String(course), students: concerned },
    ]);
    expect(groups.filter(({ kind }) => kind !== 'course').reduce((sum, { students }) => sum + students, 0)).toBe(
      faulty,
    );

    // Killed with everything in hand, and started anew: nothing is lost and nothing doubled.
    await console.kill();
    await console.start();
    expect((await courseGroup())?.students).toBe(concerned);

    moodle.state.courses.update(moodle.state.courses.get(course)!, { manual: true });
    const replay = await itk<{ progress: { items: Record<string, number> } }>(
      ...['failures', 'replay', '--system', id, '--kind', 'course', '--try-first', '--rate', '100'],
    );
    expect(replay).toMatchObject({
      code: 0,
      json: { progress: { items: { succeeded: concerned, failed: 0, sent: 0 } } },
    });
    expect(await courseGroup()).toBeUndefined();
    expect(whatStands(moodle)).toEqual(should);
    await until('1C has heard of every success', async () => (await later()) === 0, 30_000);
  }, 240_000);

  const later = async (): Promise<number> =>
    (await university.database.query(`select 1 from operations.told where told = 'later'`)).rowCount ?? 0;

  it('tells a student’s whole story', async () => {
    const [code] = [...university.onec.expected(university.systems[0]!.els)].find(([, one]) => one.kind === 'student')!;
    const { json } = await itk<{ events: { type: string }[]; told: { told: string } }[]>('student', code);
    expect(json[0]!.told).toMatchObject({ told: 'synchronized' });
    const types = json[0]!.events.map(({ type }) => type);
    for (const type of [
      'itk.student.changed.v1',
      'itk.user.provisioned.v1',
      'itk.student.synchronized.v1',
      'itk.student.reported.v1',
    ])
      expect(types).toContain(type);
    const { json: status } = await itk<{ onDuty: boolean; systems: { missing: number }[] }>('status');
    expect(status).toMatchObject({ onDuty: true, systems: [{ missing: 0 }] });
  }, 60_000);
});
