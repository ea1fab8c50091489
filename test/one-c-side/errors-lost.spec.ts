import type { INestApplication } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { eventTypes, isOfType } from '#contracts';
import { askFor, Trouble } from '#persistence';
import { alarmStands } from '#platform/testing';
import { eventually } from '#persistence/testing';
import { openSetup, type Setup } from './setup.js';

let setup: Setup;
afterEach(() => setup.close());

/** How often the journal holds an error of 1C's own finding, by code. */
const journaled = (): Record<string, number> => {
  const codes: Record<string, number> = {};
  for (const event of setup.journal)
    if (isOfType(event, eventTypes.SynchronizationFailed) && event.data.flaggedBy1C)
      codes[event.data.code] = (codes[event.data.code] ?? 0) + 1;
  return codes;
};
const faulty = (): Record<string, number> =>
  Object.fromEntries(
    [...setup.sandbox.expected('LMS')].filter(([, { kind }]) => kind === 'fault').map(([code]) => [code, 1]),
  );
const flagged = async (): Promise<number> => {
  const [row] = await setup.component.dataSource.query<{ number: number }[]>(
    'select count(*)::int as number from onec_component.synchronization where error',
  );
  return row!.number;
};
const questions = () => setup.sandbox.traffic.calls.filter(({ operation }) => operation === 'GetStudents').length;
const troublesOf = (poller: INestApplication) => {
  const dataSource = poller.get<DataSource>(getDataSourceToken(), { strict: false });
  return { dataSource, standing: () => dataSource.getRepository(Trouble).find({ order: { about: 'asc' } }) };
};
/** 1C does its work and flags whom it finds faulty; its answer is lost on the way. */
const loseTheFirstAnswer = { cut: 'connection' as const, failing: ['GetStudents' as const], failingCalls: 1 };

it('whom 1C has flagged in an answer that was lost, it tells again until it is noted: each once', async () => {
  setup = await openSetup({ students: 30, seed: 3, faulty: 0.3, window: 40, switches: loseTheFirstAnswer });
  const wanted = faulty();
  expect(Object.keys(wanted).length).toBeGreaterThan(3);
  await setup.start();
  await eventually(() => expect(journaled()).toEqual(wanted), 30_000);
  expect(await flagged()).toBe(Object.keys(wanted).length);
  await eventually(() => expect(questions()).toBeGreaterThan(1), 10_000);
  expect(alarmStands('onec-page-lost', setup.system)).toBe(false);
}, 60_000);

it('a foreign 1C says them once: the lost answer is counted and said until a person has looked after it', async () => {
  const missingOperations = ['BindingsSince' as const, 'ErrorsSince' as const, 'Reoffer' as const];
  const switches = { ...loseTheFirstAnswer, missingOperations };
  setup = await openSetup({ students: 30, seed: 3, faulty: 0.3, window: 40, switches });
  const { poller } = await setup.start();
  const { dataSource, standing } = troublesOf(poller);
  await eventually(async () => expect(await standing()).toHaveLength(1), 30_000);
  const [lost] = await standing();
  expect(lost).toMatchObject({ service: 'onec-poller', system: setup.system, check: 'page-lost' });
  expect(lost!.what.en).toContain('Answers of GetStudents lost: 1,');
  expect(lost!.mend.en).toContain(`itk sync cleared ${setup.system}`);
  expect(alarmStands('onec-page-lost', setup.system)).toBe(true);
  expect(await flagged()).toBe(Object.keys(faulty()).length);
  expect(journaled()).toEqual({});

  // As the cure says: whose rows nobody has heard of are deleted, and 1C says their faults again.
  await setup.component.dataSource.query('delete from onec_component.synchronization where error');
  const errand = { service: 'onec-poller', system: setup.system, what: 'pages-looked-after', by: 'olga' };
  expect(await askFor(dataSource, errand, { begin: 10_000, end: 10_000 })).toMatchObject({ state: 'done' });
  await eventually(() => expect(journaled()).toEqual(faulty()), 30_000);
  await eventually(async () => expect(await standing()).toEqual([]), 10_000);
  expect(alarmStands('onec-page-lost', setup.system)).toBe(false);
}, 90_000);

it('an element without a usable code stands in status with its place, for as long as 1C sends it', async () => {
  setup = await openSetup({ students: 5, seed: 3, faulty: 0, window: 40, switches: { brokenElement: true } });
  const { poller } = await setup.start();
  const { standing } = troublesOf(poller);
  await eventually(async () => {
    // Once the students are flagged it is the only one in the list.
    expect((await standing()).map(({ about }) => about)).toEqual(['GetStudents 1']);
  }, 30_000);
  const [nameless] = await standing();
  expect(nameless).toMatchObject({ check: 'element-without-code', system: setup.system });
  expect(nameless!.what.en).toContain('code: ');
  expect(nameless!.what.en).not.toContain('Числов');
  setup.sandbox.switches.brokenElement = false;
  await eventually(async () => expect(await standing()).toEqual([]), 10_000);
}, 60_000);
