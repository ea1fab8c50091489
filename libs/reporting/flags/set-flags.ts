import type { Failure } from '#contracts';
import { bisect } from '#platform';
import type { Flag, SynchronizerCalls } from '#synchronizer';
import type { NotTaken, ReportedSystem, Sent } from '../report.js';
import { mayBeOfOne, mustTakeSome, pairRefused, refusalOfOne } from './refusals.js';
import { countTold } from './told-metric.js';

type Calls = Pick<SynchronizerCalls, 'setCronflag'>;

/** Students in one SetCronflag call. */
export const flagsPerCall = 200;

/** Says successes and *later* by SetCronflag, and counts what was taken. One answer for each, same order. */
export async function sendFlags(
  system: ReportedSystem,
  flags: readonly { code: string; sent: Sent & { validUntil: number } }[],
  calls: Calls,
): Promise<(Sent | NotTaken)[]> {
  const refusals = await setFlags(
    flags.map(({ code, sent }) => ({ code, period: sent.validUntil })),
    system.els,
    calls,
  );
  return flags.map(({ sent }, index) => {
    const failure = refusals[index];
    if (failure !== undefined) return { failure };
    countTold(system.id, sent.told);
    return sent;
  });
}

/**
 * SetCronflag for any number of students; whoever 1C refuses does not stop the others: a faulting call is halved.
 * One answer for each, same order: nothing, or why not. Throws what speaks of the whole system; among it that 1C
 * refuses everyone.
 */
export async function setFlags(flags: readonly Flag[], els: string, calls: Calls): Promise<(Failure | undefined)[]> {
  const refusals: (Failure | undefined)[] = [];
  for (let from = 0; from < flags.length; from += flagsPerCall) {
    refusals.push(...(await halving(flags.slice(from, from + flagsPerCall), els, calls)));
  }
  mustTakeSome(refusals);
  return refusals;
}

async function halving(flags: readonly Flag[], els: string, calls: Calls): Promise<(Failure | undefined)[]> {
  const attempt = async (some: readonly Flag[]): Promise<(Failure | undefined)[]> => {
    const refused = await calls.setCronflag(some, els);
    const reasons = new Map(refused.map(({ pair, reason }) => [codeOf(pair), reason]));
    return some.map(({ code }) => {
      const reason = reasons.get(code);
      return reason === undefined ? undefined : pairRefused(reason);
    });
  };
  const parts = await bisect(flags, attempt, mayBeOfOne);
  return parts.map((part) => ('error' in part ? refusalOfOne(part.error) : part.result));
}

const codeOf = (pair: string): string => {
  const hash = pair.lastIndexOf('#');
  return (hash < 0 ? pair : pair.slice(0, hash)).trim();
};
