import { due, Rounds } from './rounds.js';

const now = Date.parse('2026-11-26T12:00:00Z');
const ago = (minutes: number) => new Date(now - minutes * 60_000);

it('due is whom nobody has examined for an hour, asked by a person or not', () => {
  const known = [
    { system: 'old', begunAt: ago(60) },
    { system: 'young', begunAt: ago(59) },
    { system: 'gone', begunAt: ago(1_000) },
  ];
  expect(due(known, ['', 'old', 'young'], now)).toEqual(['', 'old']);
});

it('one after another, in the name of the console; it ends when told to', async () => {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const examinations = {
    list: () => Promise.resolve([]),
    begin: (system: string, by: string) => {
      begun.push(`${system} ${by}`);
      return Promise.resolve({ begun: true, ended: new Promise<void>((end) => ends.push(end)) });
    },
  };
  const stop = new AbortController();
  const round = new Rounds(examinations, ['lms', 'lms2']).make(stop.signal, now);
  const later = () => new Promise((resolve) => setTimeout(resolve, 5));
  await later();
  expect(begun).toEqual([' console']);
  ends[0]!();
  await later();
  expect(begun).toEqual([' console', 'lms console']);
  stop.abort();
  await round;
  expect(begun).toHaveLength(2);
});
