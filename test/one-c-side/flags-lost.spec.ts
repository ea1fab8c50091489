import { eventTypes, isOfType } from '#contracts';
import { alarmStands } from '#platform/testing';
import { eventually } from '#persistence/testing';
import { openSetup, type Setup } from './setup.js';

let setup: Setup;
afterEach(() => setup.close());

const publications = (): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const event of setup.journal)
    if (isOfType(event, eventTypes.StudentChanged)) counts.set(event.subject, (counts.get(event.subject) ?? 0) + 1);
  return counts;
};
const questions = () => setup.sandbox.traffic.calls.filter(({ operation }) => operation === 'GetStudents');

it('flags that do not stick, for the zone is wrong there, end in an alarm and not in a flood', async () => {
  setup = await openSetup({ students: 12, seed: 7, faulty: 0, window: 20, switches: { conversion: 'utcWall' } });
  const students = [...setup.sandbox.expected('LMS').keys()];
  const now = () => Math.floor(Date.now() / 1000);
  // Three hours of a month do not matter; of an hour, or of *later*, nothing is left. An Error flag is 1C's own date.
  const [months, hours, courses, errors] = [0, 1, 2, 3].map((rest) =>
    students.filter((_, index) => index % 4 === rest),
  );
  setup.outcomeOf = (code) => {
    if (courses!.includes(code)) return { kind: 'course' };
    if (errors!.includes(code)) return { kind: 'student' };
    return { kind: 'synchronized', validUntil: now() + (months!.includes(code) ? 30 * 86_400 : 3600) };
  };
  await setup.start();
  await eventually(() => expect(alarmStands('onec-does-not-keep-flags', setup.system)).toBe(true), 30_000);
  const wanted = new Map([...months!, ...errors!].map((code) => [code, 1]));
  for (const code of [...hours!, ...courses!]) wanted.set(code, 3);
  await eventually(() => expect(publications()).toEqual(wanted));

  // From here on 1C is asked at its interval and nobody is published, however often it offers them.
  const asked = questions().length;
  await eventually(() => expect(questions().length).toBeGreaterThanOrEqual(asked + 10), 20_000);
  expect(publications()).toEqual(wanted);
  expect(alarmStands('onec-does-not-keep-flags', setup.system)).toBe(true);
  const [first, last] = [questions()[asked]!.time, questions()[asked + 9]!.time];
  expect(last - first).toBeGreaterThanOrEqual(9 * 290);
  expect(setup.journal.filter((event) => isOfType(event, eventTypes.StudentReported))).toHaveLength(
    [...wanted.values()].reduce((sum, times) => sum + times, 0),
  );
}, 120_000);
