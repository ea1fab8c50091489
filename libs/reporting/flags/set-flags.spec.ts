import fc from 'fast-check';
import type { Failure } from '#contracts';
import { register } from '#platform';
import { UnreachableError } from '#synchronizer';
import { ScriptedOnec } from '#synchronizer/testing';
import { EveryoneRefusedError } from './refusals.js';
import { sendFlags, setFlags } from './set-flags.js';

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

it('what was taken is counted and answered as it was sent; what was not, by its failure', async () => {
  const onec = new ScriptedOnec();
  onec.unknown.add('2');
  const flags = [
    { code: '1', sent: { told: 'synchronized', validUntil: 5000 } },
    { code: '2', sent: { told: 'later', validUntil: 6000, laterHours: 1 } },
    { code: '3', sent: { told: 'later', validUntil: 7000, laterHours: 2 } },
  ] as const;
  const answers = await onec.run((calls) => sendFlags({ id: 'counted', els: 'els' }, flags, calls));
  expect(answers).toEqual([
    flags[0].sent,
    { failure: expect.objectContaining({ cause: 'onec-pair-refused' }) as Failure },
    flags[2].sent,
  ]);
  expect([...onec.flags]).toEqual([
    ['1', 5000],
    ['3', 7000],
  ]);
  const counted = (await register.getSingleMetric('itk_told_total')!.get()).values.filter(
    ({ labels }) => labels.system === 'counted',
  );
  expect(counted.map(({ labels, value }) => [labels.told, value])).toEqual([
    ['synchronized', 1],
    ['later', 1],
  ]);
});

it('a pair is known by its code, whatever a foreign 1C makes of it', async () => {
  for (const pair of [' 7 #1000', '7#1000', ' 7 ']) {
    const setCronflag = () => Promise.resolve([{ pair, reason: 'x' }]);
    const [failure] = await setFlags([{ code: '7', period: 1000 }], 'els', { setCronflag });
    expect(failure).toMatchObject({ cause: 'onec-pair-refused' });
  }
});

it('five whom 1C refuses, and nobody taken, are everyone; four are not', async () => {
  const setCronflag = (flags: readonly { code: string }[]) =>
    Promise.resolve(flags.map(({ code }) => ({ pair: code, reason: 'x' })));
  const flags = Array.from({ length: 5 }, (_, index) => ({ code: `${index}`, period: 1 }));
  await expect(setFlags(flags, 'els', { setCronflag })).rejects.toThrow(EveryoneRefusedError);
  expect(await setFlags(flags.slice(1), 'els', { setCronflag })).toHaveLength(4);
  await expect(setFlags(flags, 'els', { setCronflag: () => Promise.reject(new TypeError('x')) })).rejects.toThrow(
    TypeError,
  );
});
