import { both, makeEvent } from '#contracts';
import type { Delivery } from '#messaging';
import type { FedBy1C } from '#platform';
import type { SynchronizerClient } from '#synchronizer';
import { outcomesOf, reportHandler, type ReportRequest } from './handler.js';
import type { ReportResult } from './report.js';

it('a place is freed by what 1C was told and by what it is not told, each under its own student', () => {
  const failure = { kind: 'student', cause: 'x', reason: both('р', 'e') } as const;
  const report = { code: '', revision: 0, told: 'later' } as const;
  const requests: ReportRequest[] = [
    { kind: 'ignore' },
    { kind: 'tell', report },
    { kind: 'freePlace' },
    { kind: 'tell', report },
    { kind: 'tell', report },
    { kind: 'note', report },
  ];
  const results: ReportResult[] = [
    { state: 'superseded' },
    { state: 'told', told: 'later', validUntil: 5_000_000_000 },
    { state: 'refused', failure },
  ];
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const deliveries = requests.map((_, index) => ({
    event: makeEvent(
      'itk.student.reported.v1',
      { system: 'lms', code: `${index}`, revision: index, told: 'nothing' },
      { service: 'x' },
    ),
    traceparent,
  }));
  const outcomes = outcomesOf(deliveries, requests, results, { system: 'lms', service: 'success-reporter' });
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'superseded', 'done', 'done', 'dead', 'done']);
  expect(outcomes[4]).toMatchObject({ failure });
  const follow = outcomes.map((outcome) => (outcome.kind === 'done' ? (outcome.follow ?? []) : []));
  expect(follow.map((events) => events.map(({ data }) => data))).toEqual([
    [],
    [],
    [{ system: 'lms', code: '2', revision: 2, told: 'nothing' }],
    [{ system: 'lms', code: '3', revision: 3, told: 'later', validUntil: 5_000_000_000 }],
    [],
    [{ system: 'lms', code: '5', revision: 5, told: 'nothing' }],
  ]);
  for (const event of follow.flat())
    expect(event).toMatchObject({
      type: 'itk.student.reported.v1',
      traceparent: expect.stringContaining('a'.repeat(32)),
    });
});

it('1C is told what the events ask, in one piece, and asked for nothing where none asks', async () => {
  const report = (code: string) => ({ code, revision: 7, told: 'error' }) as const;
  const noted: unknown[] = [];
  const told: unknown[] = [];
  let turns = 0;
  const client = { run: (work: () => Promise<unknown>) => (turns++, work()) } as unknown as SynchronizerClient;
  const system = { id: 'lms' } as FedBy1C;
  const handler = reportHandler({
    service: 'error-flagger',
    clients: { find: () => ({ system, client }) },
    book: { record: async (...given) => void noted.push(given) },
    requestOf: ({ subject }): ReportRequest =>
      subject === '3' ? { kind: 'ignore' } : { kind: subject === '2' ? 'note' : 'tell', report: report(subject) },
    tell: async (...given) => {
      told.push(given);
      return given[2].map(({ told }) => ({ state: 'told', told }));
    },
  });
  const deliveries = ['1', '2', '3', '4'].map(
    (code) =>
      ({
        event: makeEvent(
          'itk.student.reported.v1',
          { system: 'lms', code, revision: 7, told: 'later' },
          { service: 'x' },
        ),
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      }) as Delivery,
  );
  const answers = await handler(deliveries, 'lms');
  expect(told).toEqual([[system, client, [report('1'), report('4')]]]);
  expect(noted).toEqual([['lms', [report('2')]]]);
  expect(turns).toBe(1);
  expect(
    deliveries.map((delivery) => {
      const outcome = answers.get(delivery)!;
      return (
        outcome.kind === 'done' && outcome.follow?.map(({ source, data }) => [source, (data as { told: string }).told])
      );
    }),
  ).toEqual([
    [['/itk/error-flagger', 'error']],
    [['/itk/error-flagger', 'nothing']],
    undefined,
    [['/itk/error-flagger', 'error']],
  ]);
  expect(await handler([deliveries[2]!], 'lms')).toEqual(new Map([[deliveries[2], { kind: 'done' }]]));
  expect([told.length, noted.length, turns]).toEqual([1, 1, 1]);
});

it('where files alone feed a system there is no 1C to be told, and no message stays', async () => {
  const handler = reportHandler({
    service: 'success-reporter',
    clients: { find: () => undefined },
    book: { record: () => Promise.reject(new Error('nothing is to be noted')) },
    requestOf: () => ({ kind: 'tell', report: { code: '1', revision: 7, told: 'later' } }),
    tell: () => Promise.reject(new Error('nobody is to be told')),
  });
  const event = makeEvent(
    'itk.student.reported.v1',
    { system: 'lms', code: '1', revision: 7, told: 'later' },
    { service: 'x' },
  );
  const delivery = { event } as Delivery;
  expect(await handler([delivery], 'lms')).toEqual(new Map([[delivery, { kind: 'done' }]]));
});
