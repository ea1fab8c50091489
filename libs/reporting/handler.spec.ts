import { both, makeEvent } from '#contracts';
import { outcomesOf, type ReportRequest } from './handler.js';
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
