import { both } from '#contracts';
import type { Hearing } from './telling.js';
import { concluded, type Asks } from './reports.js';

it('a place is freed by what 1C was told and by what it is not told, each under its own student', () => {
  const failure = { kind: 'student', cause: 'x', reason: both('р', 'e') } as const;
  const asks: Asks[] = ['nothing', 'word', 'freePlace', 'word', 'word'];
  const hearings: Hearing[] = [
    { is: 'superseded' },
    { is: 'told', told: 'later', validUntil: 5_000_000_000 },
    { is: 'refused', failure },
  ];
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const messages = asks.map((each, code) => ({ asks: each, of: { code: `${code}`, revision: code }, traceparent }));
  const conclusions = concluded(messages, hearings, { system: 'lms', service: 'success-reporter' });
  expect(conclusions.map(({ end }) => end)).toEqual([
    { is: 'done' },
    hearings[0],
    { is: 'done' },
    hearings[1],
    hearings[2],
  ]);
  expect(conclusions.map(({ follow }) => follow.map(({ data }) => data))).toEqual([
    [],
    [],
    [{ system: 'lms', code: '2', revision: 2, told: 'nothing' }],
    [{ system: 'lms', code: '3', revision: 3, told: 'later', validUntil: 5_000_000_000 }],
    [],
  ]);
});
