import { both, SynchronizationError, type Failure } from '#contracts';
import { withoutNames } from '#synchronizer';

/** So many refused, and nobody taken: it is not they. */
const tooManyAlike = 5;

/** It may be one student whom 1C refuses; anything else speaks of 1C as a whole. */
export const mayBeOfOne = (error: unknown): error is SynchronizationError =>
  error instanceof SynchronizationError && !/outage|configuration/.test(error.failure.kind);

/** Why 1C refused one student. Throws again what speaks of 1C as a whole. */
export function refusalOfOne(error: unknown): Failure {
  if (mayBeOfOne(error)) return error.failure;
  throw error;
}

/** The words are a foreign 1C's: they may name the student, and a reason travels in headers. */
export function pairRefused(foreign: string): Failure {
  const words = withoutNames(foreign);
  return {
    kind: 'unexplained',
    cause: 'onec-pair-refused',
    reason: both(`1С не приняла отметку студента: ${words}`, `1C did not take the student's flag: ${words}`),
  };
}

/** Throws where 1C refused everyone, and they are no few. */
export function mustTakeSome(refusals: readonly (Failure | undefined)[]): void {
  if (refusals.length >= tooManyAlike && refusals.every((failure) => failure !== undefined))
    throw new EveryoneRefusedError(refusals[0]!);
}

/** 1C took nobody's flag: a right, a lock or its own code is at fault. The system pauses, and is tried again by itself. */
export class EveryoneRefusedError extends SynchronizationError {
  override name = 'EveryoneRefusedError';
  constructor(first: Failure) {
    super({
      kind: 'configuration',
      cause: 'onec-refuses-everyone',
      reason: both(
        `1С не приняла отметку ни одного студента. ${first.reason.ru}`,
        `1C took the flag of no student at all. ${first.reason.en}`,
      ),
      cure: both(
        'Проверьте права учётной записи на регистр Synchronization и журнал регистрации 1С',
        'Check the account’s right to write the register Synchronization, and the 1C event log',
      ),
    });
  }
}
