import fc from 'fast-check';
import { both } from '#contracts';
import type { SynchronizerCalls } from '#synchronizer';
import type { LastTold, NotTaken, Report, Sent } from './report.js';
import { tell } from './tell.js';

const weight = { later: 0, error: 1, synchronized: 2 } as const;
const report = fc.record({
  code: fc.constantFrom('a', 'b', 'c'),
  revision: fc.integer({ min: 1, max: 4 }),
  told: fc.constantFrom<Report['told']>('later', 'error', 'synchronized'),
});

const client = { run: <T>(work: (calls: SynchronizerCalls) => Promise<T>) => work({} as SynchronizerCalls) };

it('whatever order and batches reports come in, 1C ends with the newest, and of one revision with the weightiest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(report, { maxLength: 6 }), { maxLength: 6 }), async (batches) => {
      const inOnec = new Map<string, Report>();
      const book = new Map<string, LastTold>();
      for (const batch of batches) {
        const results = await tell(batch, {
          system: 'lms',
          client,
          book: {
            lastTold: async (_, codes) =>
              new Map(codes.flatMap((code) => (book.has(code) ? [[code, book.get(code)!]] : []))),
            record: async (_, sent) => sent.forEach((each) => book.set(each.code, each)),
          },
          send: async (news) => {
            expect(new Set(news.map(({ code }) => code)).size).toBe(news.length);
            for (const each of news) inOnec.set(each.code, each);
            return news.map(({ told, revision }): Sent => ({ told, validUntil: revision }));
          },
        });
        // A report is told exactly when it is what 1C holds after its batch; told again, it is answered as then.
        batch.forEach((each, index) => {
          const held = inOnec.get(each.code)!;
          const same = held.revision === each.revision && held.told === each.told;
          expect(results[index]).toEqual(
            same ? { state: 'told', told: each.told, validUntil: each.revision } : { state: 'superseded' },
          );
        });
      }
      const all = batches.flat();
      for (const code of ['a', 'b', 'c']) {
        const best = all
          .filter((each) => each.code === code)
          .sort((x, y) => y.revision - x.revision || weight[y.told] - weight[x.told])[0];
        expect(inOnec.get(code)).toEqual(best);
      }
    }),
  );
});

it('what 1C refuses is not recorded, and where nothing is news it is not asked', async () => {
  const failure = { kind: 'temporary', cause: 'x', reason: both('р', 'e') } as const;
  const recorded: unknown[] = [];
  let sent = 0;
  const telling = {
    system: 'lms',
    client,
    book: {
      lastTold: async () => new Map<string, LastTold>([['old', { revision: 5, told: 'error' }]]),
      record: async (system: string, all: unknown[]) => void recorded.push([system, all]),
    },
    send: async (news: Report[]) => (
      sent++,
      news.map(({ code }): Sent | NotTaken => (code === 'bad' ? { failure } : { told: 'error' }))
    ),
  };
  const error = (code: string, revision = 5): Report => ({ code, revision, told: 'error' });
  expect(await tell([error('bad'), error('good'), error('old'), error('old', 4)], telling)).toStrictEqual([
    { state: 'refused', failure },
    { state: 'told', told: 'error' },
    { state: 'told', told: 'error' },
    { state: 'superseded' },
  ]);
  expect(recorded).toEqual([['lms', [error('good')]]]);
  expect(await tell([error('old')], telling)).toStrictEqual([{ state: 'told', told: 'error' }]);
  expect(sent).toBe(1);
  expect(recorded[1]).toEqual(['lms', []]);
});
