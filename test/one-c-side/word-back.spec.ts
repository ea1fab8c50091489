import { eventTypes, isOfType, type CloudEvent, type EventType } from '#contracts';
import { eventually } from '#persistence/testing';
import { clientOf } from '../../apps/onec-component/testing/running-component.js';
import { openSetup, type Setup } from './setup.js';

let setup: Setup;
afterEach(() => setup.close());

const of = <T extends EventType>(type: T) =>
  setup.journal.flatMap((event) => (isOfType(event as CloudEvent, type) ? [event as CloudEvent<T>] : []));
/** Limit 1: an answer that sets no more than one Error row by being read. */
const offersNobody = async () =>
  expect(await clientOf(setup.component.url + '/ws/ITK_Synchronizer.1cws').getStudents('LMS', 1)).toEqual([]);
const register = async (): Promise<{ code: string; error: boolean; period: Date }[]> =>
  setup.component.dataSource.query('select * from onec_component.synchronization');

it('everybody whom 1C offers comes through the window, and 1C hears the outcome of each', async () => {
  setup = await openSetup({ students: 120, seed: 5, faulty: 0.1, window: 25 });
  const expected = setup.sandbox.expected('LMS');
  const students = [...expected].filter(([, each]) => each.kind === 'student').map(([code]) => code);
  const faults = [...expected].filter(([, each]) => each.kind === 'fault').map(([code]) => code);
  expect(faults.length).toBeGreaterThan(3);
  const unlucky = new Set(students.slice(0, 30).filter((_, index) => index % 10 === 0));
  const courseless = new Set(students.slice(0, 30).filter((_, index) => index % 10 === 5));
  const validUntil = Math.floor(Date.now() / 1000) + 30 * 86_400;
  setup.outcomeOf = (code) =>
    unlucky.has(code)
      ? { kind: 'student' }
      : courseless.has(code)
        ? { kind: 'course' }
        : { kind: 'synchronized', validUntil };
  await setup.start();

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
  expect(setup.mostUnderWay).toBeLessThanOrEqual(25);
  await offersNobody();
  expect(await register()).toHaveLength(expected.size);
  expect(of(eventTypes.BindingChanged).length).toBeGreaterThan(0);
  const sequence = Math.max(...of(eventTypes.BindingChanged).map(({ data }) => data.sequence));
  for (const { data } of of(eventTypes.StudentChanged)) expect(data.bindingSequence).toBeGreaterThanOrEqual(sequence);
});
