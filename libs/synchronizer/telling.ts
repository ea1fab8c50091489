import { both, makeEvent, SynchronizationError, type CloudEvent, type Failure, type Told } from '#contracts';
import { newsOf, type Heard, type ToldToOneC } from '#persistence';
import type { SynchronizerCalls } from './client.js';
import type { Flag } from './pairs.js';
import { redact } from './redact.js';

/** What somebody wants 1C to hear of a student. */
export interface WantedWord {
  code: string;
  revision: number;
  told: ToldToOneC;
}

/** What was really said: a word may have to be weakened from *error* to *later*. */
export interface Said {
  told: ToldToOneC;
  /** Unix seconds until which 1C hides the student. */
  validUntil?: number;
  /** Of a *later*. */
  laterHours?: number;
}

/** What became of one word. */
export type Hearing =
  | ({ is: 'told' } & Omit<Said, 'laterHours'>)
  /** 1C has heard a newer word, or a weightier one of the same revision; whoever told it reports it. */
  | { is: 'superseded' }
  | { is: 'refused'; failure: Failure };

export interface TellingPorts<W extends WantedWord> {
  /** What 1C was last told of these. */
  heard(codes: string[]): Promise<Map<string, Heard>>;
  /** Says what is news, at most one word per student; one answer for each. Throws what speaks of the whole system. */
  say(news: W[], heard: ReadonlyMap<string, Heard>): Promise<(Said | { failure: Failure })[]>;
  record(words: (WantedWord & Said)[]): Promise<void>;
}

/**
 * Tells 1C what is news, newest outcome first: older than what was told is not sent, of one revision success wins.
 * A word that was told before (its message came again) is answered as it was then. To be called under the infobase's
 * lock. One answer for each word, same order.
 */
export async function tell<W extends WantedWord>(words: readonly W[], ports: TellingPorts<W>): Promise<Hearing[]> {
  const heard = await ports.heard([...new Set(words.map(({ code }) => code))]);
  const news = newsOf(words, heard);
  const answers = news.length === 0 ? [] : await ports.say(news, heard);
  const said = new Map<W, Said | { failure: Failure }>(news.map((word, index) => [word, answers[index]!]));
  await ports.record(
    [...said].flatMap(([{ code, revision }, answer]) => ('failure' in answer ? [] : [{ code, revision, ...answer }])),
  );
  const ofCode = new Map(news.map((word) => [word.code, word]));
  return words.map((word) => {
    const winner = ofCode.get(word.code);
    if (winner !== undefined) {
      if (winner.revision !== word.revision || winner.told !== word.told) return { is: 'superseded' };
      const answer = said.get(winner)!;
      return 'failure' in answer ? { is: 'refused', failure: answer.failure } : hearingOf(answer);
    }
    const before = heard.get(word.code)!;
    if (before.revision !== word.revision || before.told !== word.told) return { is: 'superseded' };
    return hearingOf(before);
  });
}

const hearingOf = ({ told, validUntil }: Said): Hearing => ({
  is: 'told',
  told,
  ...(validUntil !== undefined && { validUntil }),
});

const longestLater = 24;

/**
 * Hours for which *later* holds: 1, doubling to 24 with each in a row, whoever says it. Before it is recorded a
 * repetition finds the same word before it, and says the same hours.
 */
export const laterHours = (heard: Heard | undefined): number =>
  heard?.told === 'later' ? Math.min(longestLater, (heard.laterHours ?? 0.5) * 2) : 1;

/** Unix seconds: so many hours after the moment of the call (milliseconds). */
export const laterUntil = (hours: number, now: number): number => Math.floor(now / 1000) + hours * 3600;

/** Students in one SetCronflag call. */
export const flagsPerCall = 200;
/** So many refused, and nobody taken: it is not they. */
const tooManyAlike = 5;

/**
 * SetCronflag for any number of students; whoever 1C refuses does not stop the others: a faulting call is halved.
 * One answer for each, same order: nothing, or why not. Throws what speaks of the whole system; among it that 1C
 * refuses everyone.
 */
export async function setFlags(
  flags: readonly Flag[],
  els: string,
  calls: Pick<SynchronizerCalls, 'setCronflag'>,
): Promise<(Failure | undefined)[]> {
  const answers: (Failure | undefined)[] = [];
  for (let from = 0; from < flags.length; from += flagsPerCall) {
    answers.push(...(await halving(flags.slice(from, from + flagsPerCall), els, calls)));
  }
  if (answers.length >= tooManyAlike && answers.every((answer) => answer !== undefined)) {
    throw new EveryoneRefusedError(answers[0]!);
  }
  return answers;
}

async function halving(
  flags: readonly Flag[],
  els: string,
  calls: Pick<SynchronizerCalls, 'setCronflag'>,
): Promise<(Failure | undefined)[]> {
  try {
    const refused = await calls.setCronflag(flags, els);
    const reasons = new Map(refused.map(({ pair, reason }) => [codeOf(pair), reason]));
    return flags.map(({ code }) => {
      const reason = reasons.get(code);
      return reason === undefined ? undefined : pairRefused(reason);
    });
  } catch (error) {
    if (!(error instanceof SynchronizationError) || !mayBeOneRecord(error.failure)) throw error;
    if (flags.length === 1) return [error.failure];
    const middle = Math.ceil(flags.length / 2);
    return [
      ...(await halving(flags.slice(0, middle), els, calls)),
      ...(await halving(flags.slice(middle), els, calls)),
    ];
  }
}

const mayBeOneRecord = ({ kind }: Failure): boolean => kind !== 'outage' && kind !== 'configuration';

const codeOf = (pair: string): string => {
  const at = pair.lastIndexOf('#');
  return (at < 0 ? pair : pair.slice(0, at)).trim();
};

/** The words are a foreign 1C's: they may name the student, and a reason travels in headers. */
const pairRefused = (foreign: string): Failure => {
  const words = redact(foreign);
  return {
    kind: 'unexplained',
    cause: 'onec-pair-refused',
    reason: both(`1С не приняла отметку студента: ${words}`, `1C did not take the student's flag: ${words}`),
  };
};

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

/** StudentReported: the student's place in the window is free, and the console knows what 1C was told. */
export const reportOf = (
  of: { system: string; code: string; revision: number },
  said: { told: Told; validUntil?: number },
  from: { service: string; traceparent?: string },
): CloudEvent =>
  makeEvent(
    'itk.student.reported.v1',
    {
      system: of.system,
      code: of.code,
      revision: of.revision,
      told: said.told,
      ...(said.validUntil !== undefined && { validUntil: said.validUntil }),
    },
    from,
  );

/** Stages whose own failures are not told to 1C: it is they who could not tell. */
export const tellers: readonly string[] = ['success-reporter', 'error-flagger'];
