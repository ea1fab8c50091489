import type { INestApplication } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { eventTypes, isOfType, type CloudEvent, type EventType } from '#contracts';
import { alarmStands } from '#platform';
import { eventually } from '../../libs/persistence/testing/eventually.js';
import { clientOf } from '../../apps/onec-component/testing/running-component.js';
import { openStage, type Stage } from './stage.js';

let stage: Stage;
afterEach(() => stage.close());

const of = <T extends EventType>(type: T) =>
  stage.journal.flatMap((event) => (isOfType(event as CloudEvent, type) ? [event as CloudEvent<T>] : []));
/** Limit 1: an answer that sets no more than one Error row by being read. */
const offersNobody = async () =>
  expect(await clientOf(stage.component.url + '/ws/ITK_Synchronizer.1cws').getStudents('LMS', 1)).toEqual([]);
const register = async (): Promise<{ code: string; error: boolean; period: Date }[]> =>
  stage.component.dataSource.query('select * from onec_component.synchronization');

it('everybody whom 1C offers comes through the window, and 1C hears the outcome of each', async () => {
  stage = await openStage({ students: 120, seed: 5, faulty: 0.1, window: 25 });
  const expected = stage.sandbox.expected('LMS');
  const students = [...expected].filter(([, each]) => each.is === 'student').map(([code]) => code);
  const faults = [...expected].filter(([, each]) => each.is === 'fault').map(([code]) => code);
  expect(faults.length).toBeGreaterThan(3);
  const unlucky = new Set(students.slice(0, 30).filter((_, index) => index % 10 === 0));
  const courseless = new Set(students.slice(0, 30).filter((_, index) => index % 10 === 5));
  const validUntil = Math.floor(Date.now() / 1000) + 30 * 86_400;
  stage.fate = (code) =>
    unlucky.has(code)
      ? { is: 'student' }
      : courseless.has(code)
        ? { is: 'course' }
        : { is: 'synchronized', validUntil };
  await stage.start();

  await eventually(() => expect(of(eventTypes.StudentReported)).toHaveLength(expected.size), 40_000);
  const told = new Map(of(eventTypes.StudentReported).map(({ data }) => [data.code, data]));
  for (const code of students) {
    const want = unlucky.has(code) ? 'error' : courseless.has(code) ? 'later' : 'synchronized';
    expect([code, told.get(code)?.told]).toEqual([code, want]);
    if (want === 'synchronized') expect(told.get(code)?.validUntil).toBe(validUntil);
  }
  for (const code of faults) expect([code, told.get(code)?.told]).toEqual([code, 'nothing']);
  const flagged = of(eventTypes.SynchronizationFailed).filter(({ data }) => data.flaggedBy1C);
  expect(flagged.map(({ subject }) => subject).sort()).toEqual(faults.sort());
  expect(of(eventTypes.StudentChanged)).toHaveLength(students.length);
  expect(stage.mostUnderWay).toBeLessThanOrEqual(25);
  await offersNobody();
  expect(await register()).toHaveLength(expected.size);
  expect(of(eventTypes.BindingChanged).length).toBeGreaterThan(0);
  const sequence = Math.max(...of(eventTypes.BindingChanged).map(({ data }) => data.sequence));
  for (const { data } of of(eventTypes.StudentChanged)) expect(data.bindingSequence).toBeGreaterThanOrEqual(sequence);
});

it('1C locked in the middle costs nothing: services pause with the reason, and go on by themselves', async () => {
  stage = await openStage({ students: 60, seed: 6, faulty: 0, window: 20 });
  stage.middleStopped = true;
  const { reporter } = await stage.start();
  await eventually(() => expect(of(eventTypes.StudentChanged)).toHaveLength(20));
  stage.sandbox.switches.locked = { form: 'json', bom: true, status: 403 };
  stage.middleStopped = false;
  const pauses = () => pausesOf(reporter);
  await eventually(async () =>
    expect(await pauses()).toEqual(expect.arrayContaining([expect.stringMatching(/success-reporter outage/)])),
  );
  expect(of(eventTypes.StudentReported)).toHaveLength(0);
  stage.sandbox.switches.locked = null;
  await eventually(() => expect(of(eventTypes.StudentReported)).toHaveLength(60), 40_000);
  expect(of(eventTypes.StudentChanged)).toHaveLength(60);
  expect(of(eventTypes.SynchronizationFailed)).toEqual([]);
  expect(await pauses()).toEqual([]);
  await offersNobody();
});

it('flags that do not stick, for the zone is wrong there, end in an alarm and not in an endless loop', async () => {
  stage = await openStage({ students: 8, seed: 7, faulty: 0, window: 20, switches: { conversion: 'utcWall' } });
  stage.fate = () => ({ is: 'synchronized', validUntil: Math.floor(Date.now() / 1000) + 3600 });
  await stage.start();
  await eventually(() => expect(alarmStands('onec-does-not-keep-flags', stage.system)).toBe(true), 30_000);
  const students = stage.sandbox.expected('LMS').size;
  expect(of(eventTypes.StudentChanged)).toHaveLength(3 * students);
});

async function pausesOf(app: INestApplication): Promise<string[]> {
  const dataSource = app.get<DataSource>(getDataSourceToken(), { strict: false });
  const rows = (await dataSource.query('select service, kind from operations.pause order by service')) as {
    service: string;
    kind: string;
  }[];
  return rows.map(({ service, kind }) => `${service} ${kind}`);
}
