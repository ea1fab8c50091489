import fc from 'fast-check';
import { UnreachableError } from '#synchronizer';
import { ScriptedOnec } from '#synchronizer/testing';
import { EveryoneRefusedError } from './refusals.js';
import { setFlags } from './set-flags.js';

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
});
