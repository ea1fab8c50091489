import fc from 'fast-check';
import type { Heard } from '#persistence';
import { FaultError, UnreachableError } from './errors.js';
import { infobaseOf } from './clients.js';
import { EveryoneRefusedError, laterHours, laterUntil, setFlags, tell, type Said, type WantedWord } from './telling.js';
import { ScriptedOnec } from './testing/scripted-onec.js';

const weight = { later: 0, error: 1, synchronized: 2 } as const;
const word = fc.record({
  code: fc.constantFrom('a', 'b', 'c'),
  revision: fc.integer({ min: 1, max: 4 }),
  told: fc.constantFrom<WantedWord['told']>('later', 'error', 'synchronized'),
});

it('whatever order and batches words come in, 1C ends with the newest, and of one revision with the weightiest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(word, { maxLength: 6 }), { maxLength: 6 }), async (batches) => {
      const inOnec = new Map<string, WantedWord>();
      const book = new Map<string, Heard>();
      for (const batch of batches) {
        const hearings = await tell(batch, {
          heard: async (codes) => new Map(codes.flatMap((code) => (book.has(code) ? [[code, book.get(code)!]] : []))),
          say: async (news) => {
            expect(new Set(news.map(({ code }) => code)).size).toBe(news.length);
            for (const each of news) inOnec.set(each.code, each);
            return news.map(({ told, revision }): Said => ({ told, validUntil: revision }));
          },
          record: async (said) => said.forEach((each) => book.set(each.code, each)),
        });
        // A word is told exactly when it is what 1C holds after its batch; told again, it is answered as then.
        batch.forEach((each, index) => {
          const held = inOnec.get(each.code)!;
          const same = held.revision === each.revision && held.told === each.told;
          expect(hearings[index]).toEqual(
            same ? { is: 'told', told: each.told, validUntil: each.revision } : { is: 'superseded' },
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

it('says later for 1 hour, doubling to 24 whoever says it, and from the start after anything else', () => {
  const hours: number[] = [];
  let heard: Heard | undefined;
  for (let revision = 1; revision <= 7; revision++) {
    const now = laterHours(heard);
    heard = { revision, told: 'later', laterHours: now };
    hours.push(now);
  }
  expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24]);
  expect(laterHours({ revision: 8, told: 'synchronized' })).toBe(1);
  expect(laterHours({ revision: 8, told: 'error' })).toBe(1);
  // Told before the hours were kept.
  expect(laterHours({ revision: 8, told: 'later' })).toBe(1);
  expect(laterUntil(2, 1_750_000_000_999)).toBe(1_750_000_000 + 7200);
});

it('finds the refused among any number; everybody else is flagged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 450 }), fc.array(fc.nat(449), { maxLength: 6 }), async (number, bad) => {
      const onec = new ScriptedOnec();
      const flags = Array.from({ length: number }, (_, index) => ({ code: `${index}`, period: 1000 + index }));
      const poison = new Set(bad.filter((index) => index < number));
      fc.pre(poison.size < 5 || poison.size < number);
      for (const index of poison) (index % 2 ? onec.poison : onec.unknown).add(`${index}`);
      const answers = await onec.run((calls) => setFlags(flags, 'els', calls));
      expect(answers.map((answer) => answer !== undefined)).toEqual(flags.map((_, index) => poison.has(index)));
      expect([...onec.flags.keys()].sort()).toEqual(
        flags.flatMap(({ code }, index) => (poison.has(index) ? [] : code)).sort(),
      );
      expect(Math.max(...onec.calls)).toBeLessThanOrEqual(200);
    }),
    { numRuns: 60 },
  );
});

it('a reason of 1C names nobody', async () => {
  const refused = [{ pair: '7#1000', reason: 'Не найден студент Иванов Пётр (ivanov@mail.ru, token=abc)' }];
  const [failure] = await setFlags([{ code: '7', period: 1000 }], 'els', {
    setCronflag: () => Promise.resolve(refused),
  });
  expect(failure!.reason.ru).toContain('Не найден студент');
  expect(JSON.stringify(failure)).not.toMatch(/Иванов|Пётр|ivanov|abc/);
});

it('does not divide when 1C is away, and names it when 1C takes nobody', async () => {
  const onec = new ScriptedOnec();
  const flags = Array.from({ length: 8 }, (_, index) => ({ code: `${index}`, period: 1 }));
  onec.script.push(new UnreachableError('ECONNREFUSED'));
  await expect(onec.run((calls) => setFlags(flags, 'els', calls))).rejects.toThrow(UnreachableError);
  expect(onec.calls).toEqual([8]);
  for (const { code } of flags) onec.poison.add(code);
  await expect(onec.run((calls) => setFlags(flags, 'els', calls))).rejects.toThrow(EveryoneRefusedError);
  const few = await onec.run((calls) => setFlags(flags.slice(0, 2), 'els', calls));
  expect(few).toEqual([
    expect.objectContaining({ cause: 'onec-fault' }),
    expect.objectContaining({ cause: 'onec-fault' }),
  ]);
  expect(new FaultError('x').failure.kind).toBe('temporary');
});

it('knows publications of one infobase by their address', () => {
  const same = [
    'https://1C.example.edu/Univer/ws/ITK_Synchronizer.1cws',
    'https://1c.example.edu/univer/ws/itk_synchronizer',
    'https://1c.example.edu/univer/',
  ].map(infobaseOf);
  expect(new Set(same)).toEqual(new Set(['https://1c.example.edu/univer']));
  expect(infobaseOf('https://1c.example.edu/other/ws/ITK_Synchronizer.1cws')).not.toBe(same[0]);
});
