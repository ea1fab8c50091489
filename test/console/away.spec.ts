import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'amqplib';
import { eventTypes } from '#contracts';
import { journalQueue } from '#messaging';
import { whatShouldStand, whatStands } from '../harness/compare.js';
import { itk as runItk } from '../harness/itk.js';
import { runUniversity, type RunningSystem, type RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { until } from '../harness/until.js';
import { whatOneCHeard, type Heard } from '../moodle-side/what-1c-heard.js';

interface Group {
  kind: string;
  students: number;
}

/** Longer than any Moodle takes. */
const tooLong = 'ъ'.repeat(101);

describe('consoles that stand still or are gone hold up no synchronisation, and miss nothing', () => {
  let university: RunningUniversity;
  let system: RunningSystem;
  let consoles: ServiceProcess[];
  /** Whom Moodle refuses one of their courses. */
  let refused: Set<string>;
  const unusable = new Set<string>();
  let faulty: string[];

  beforeAll(async () => {
    university = await runUniversity({ students: 60, seed: 12, faulty: 0.05, courses: 12 });
    system = university.systems[0]!;
    const expected = university.onec.expected(system.els);
    faulty = [...expected].filter(([, { kind }]) => kind === 'fault').map(([code]) => code);
    const should = whatShouldStand(expected) as Map<string, { courses: number[] }>;
    const { courses } = system.moodle.state;
    const course = [...should.values()].flatMap((one) => one.courses)[0]!;
    courses.update(courses.get(course)!, { manual: false });
    refused = new Set([...should].filter(([, one]) => one.courses.includes(course)).map(([code]) => code));
    consoles = [university.replica('console'), university.replica('console')];
    await Promise.all(consoles.map((console) => console.start()));
  }, 120_000);
  afterAll(async () => university?.stop(), 60_000);

  const rowsOf = async <T extends object>(sql: string): Promise<T[]> =>
    (await university.database.query<T>(sql, [system.id])).rows;

  /** What 1C was last told of each student: code -> revision. */
  const told = async (): Promise<Map<string, number>> => {
    const rows = await rowsOf<{ code: string; revision: string }>(
      'select code, revision from operations.told where system = $1',
    );
    return new Map(rows.map(({ code, revision }) => [code, Number(revision)]));
  };

  const journaled = async (): Promise<number> =>
    (await rowsOf('select 1 from console.journal where system = $1')).length;

  /** Everybody stands in Moodle as they should, and 1C has heard the right thing of everybody. */
  async function expectSynchronised(): Promise<void> {
    const expected = university.onec.expected(system.els);
    const right = new Map([...expected.keys()].sort().map((code): [string, Heard] => [code, rightOf(code)]));
    const heard = async () => (await whatOneCHeard(university)).get(system.els)!;
    const isRight = async () => {
      const now = await heard();
      return [...right].every(([code, word]) => now.get(code) === word);
    };
    await until('1C has heard of every student', isRight, 120_000).catch(() => {});
    expect(new Map([...(await heard())].sort())).toEqual(right);
    const should = whatShouldStand(expected) as Map<string, { lastname: string; courses: number[] }>;
    const stands = whatStands(system.moodle);
    for (const [code, one] of should) {
      if (unusable.has(code)) continue;
      const left = one.courses.filter((id) => system.moodle.state.courses.get(id)!.manual);
      expect([code, stands.get(code)]).toEqual([code, { ...one, courses: left }]);
    }
  }
  const rightOf = (code: string): Heard =>
    faulty.includes(code) || unusable.has(code) ? 'error' : refused.has(code) ? 'later' : 'synchronized';

  /** The way of each student's newest revision stands in the journal, their failures are shown, no event is missing. */
  async function expectNothingMissed(): Promise<void> {
    const ways = async () => {
      const of = await rowsOf<{ subject: string; revision: string; types: string[] }>(
        `select subject, revision, array_agg(distinct type) as types from console.journal
          where system = $1 group by subject, revision`,
      );
      const types = new Map(of.map((one) => [`${one.subject} ${one.revision}`, one.types]));
      return [...(await told())].flatMap(([code, revision]) => {
        const found = types.get(`${code} ${revision}`) ?? [];
        return wayOf(code)
          .filter((name) => !found.includes(eventTypes[name]))
          .map((name) => `${code} ${revision}: ${name}`);
      });
    };
    const failed = new Map<string, string>([
      ...[...refused].map((code): [string, string] => [code, 'course']),
      ...[...faulty, ...unusable].map((code): [string, string] => [code, 'student']),
    ]);
    const open = async () => {
      const rows = await rowsOf<{ code: string; kind: string }>(
        `select code, kind from console.failures where system = $1 and state = 'open'`,
      );
      return rows.map(({ code, kind }) => `${code}: ${kind}`).sort();
    };
    const wanted = [...failed].map(([code, kind]) => `${code}: ${kind}`).sort();
    const isWhole = async () => (await ways()).length === 0 && String(await open()) === String(wanted);
    await until('the console knows what it has missed', isWhole, 60_000).catch(() => {});
    expect({ missing: await ways(), open: await open() }).toEqual({ missing: [], open: wanted });
    expect(await rowsOf('select * from console.gaps where system = $1')).toEqual([]);
    expect(await waitingInJournal()).toBe(0);
    const { json } = await runItk<Group[]>(university.environment, 'failures', 'groups', '--kind', 'course');
    expect(json).toMatchObject([{ students: refused.size }]);
  }

  const wayOf = (code: string): (keyof typeof eventTypes)[] => {
    if (faulty.includes(code)) return ['SynchronizationFailed', 'StudentReported'];
    if (unusable.has(code)) return ['StudentChanged', 'SynchronizationFailed', 'StudentReported'];
    const end = refused.has(code) ? 'SynchronizationFailed' : 'StudentSynchronized';
    return ['StudentChanged', 'UserProvisioned', end, 'StudentReported'];
  };

  async function waitingInJournal(): Promise<number> {
    const connection = await connect(university.environment.AMQP_URL!);
    try {
      return (await (await connection.createChannel()).checkQueue(journalQueue(system.id))).messageCount;
    } finally {
      await connection.close();
    }
  }

  it('all consoles stand still in the midst of their work: a first load goes through; when they go on, they know all', async () => {
    const onDuty = async () => (await runItk<{ onDuty: boolean }>(university.environment, 'status')).json.onDuty;
    await until('a console is on duty', onDuty, 60_000);
    for (const console of consoles) console.freeze();
    await university.start();
    await expectSynchronised();
    expect(await journaled()).toBe(0);
    for (const console of consoles) console.thaw();
    await expectNothingMissed();
  }, 240_000);

  it('all consoles are killed: everybody gets another name, two of them one that no Moodle takes; those who come know all', async () => {
    await Promise.all(consoles.map((console) => console.kill()));
    const before = { told: await told(), journaled: await journaled() };
    const codes = [...before.told.keys()].filter((code) => !faulty.includes(code));
    const { students } = university.onec.university;
    const individuals = new Map(students.map(({ code, individual }) => [code, individual]));
    /** A name belongs to a human, who may have two studies. */
    const studies = (code: string) => students.filter(({ individual }) => individual === individuals.get(code)).length;
    for (const code of codes.filter((one) => !refused.has(one) && studies(one) === 1).slice(0, 2)) unusable.add(code);
    for (const code of codes)
      university.onec.changes.rename(code, { lastname: unusable.has(code) ? tooLong : 'Переименованная' });
    const isNewer = async () => {
      const now = await told();
      return codes.every((code) => now.get(code)! > before.told.get(code)!);
    };
    await until('1C has heard of every change', isNewer, 120_000);
    await expectSynchronised();
    expect(await journaled()).toBe(before.journaled);
    await Promise.all(consoles.map((console) => console.start()));
    await expectNothingMissed();
  }, 240_000);
});
