import type { UserProvisioned } from '#contracts';
import { dead, done, isThrough, outcomeOf, superseded, type Outcome, type WhatWasDone } from '#messaging';
import { accountMissingAgain } from './failures.js';
import type { DoneStudy } from './ledger.js';
import type { StudyInCase } from './person-case.js';
import type { Work } from './work.js';

/** What is owed to one person's messages when the work on the account is over. */
export interface Answer {
  outcomes: { at: number; outcome: Outcome }[];
  /** To be published, each because of the message at its place. */
  follow: { data: UserProvisioned; at: number }[];
  done: DoneStudy[];
  failed: { code: string; cause: string }[];
}

/** @param now milliseconds */
export function answer(work: Work, now: number): Answer {
  const given: Answer = { outcomes: [], follow: [], done: [], failed: [] };
  const { account, studies } = work.of;
  const fate = work.fate ?? { did: 'unchanged' as const, id: account?.moodleUserId };
  const failed = fate.did === 'failed';
  /** What stood before still holds for those who only wait for a repetition. */
  const id = failed ? account?.moodleUserId : fate.id;

  for (const study of studies) {
    const { change, missing } = study;
    if (change?.due === 'superseded') given.outcomes.push({ at: change.at, outcome: superseded() });
    if (missing?.due === 'exhausted')
      given.outcomes.push({ at: missing.at, outcome: dead(accountMissingAgain(study.code, id), known(study)) });
    const owed = messagesOwed(study);
    if (owed.length === 0) continue;
    const repetition = change?.due !== 'work' && missing?.due !== 'lookUp' && (!failed || hasStanding(work, study));
    if (failed && !repetition) {
      const outcome = outcomeOf(fate.failure, fate.error);
      const told = isThrough(outcome) ? outcome : { ...outcome, known: known(study) };
      given.outcomes.push(...owed.map((at) => ({ at, outcome: told })));
      if (told.kind === 'dead') given.failed.push({ code: study.code, cause: told.failure.cause });
      continue;
    }
    const created = isCreated(work, study, repetition);
    given.follow.push({ data: provisioned(study, id, created), at: owed[0]! });
    given.outcomes.push(...owed.map((at) => ({ at, outcome: done() })));
    if (!repetition || created !== (study.before?.created ?? false))
      given.done.push({
        ...doneStudy(study, created),
        ...(missing?.due === 'lookUp' && lookedUp(missing.saidAt, now)),
      });
  }
  if (!failed && account?.moodleUserId !== undefined && id !== account.moodleUserId) tellSiblings(work, id, given);
  return given;
}

const messagesOwed = ({ change, missing }: StudyInCase): number[] => [
  ...(change && change.due !== 'superseded' ? [change.at] : []),
  ...(missing && missing.due !== 'exhausted' ? [missing.at] : []),
];

/** Words said up to now are answered by this look-up, by whichever of two clocks is ahead. */
const lookedUp = (saidAt: number, now: number) => ({ lookedUpAt: Math.max(saidAt, now) });

/** A student for whom there is something to repeat: an account, or none because it was withdrawn. */
const hasStanding = ({ of: { account } }: Work, { content }: StudyInCase): boolean =>
  account?.moodleUserId !== undefined || content.state === 'withdrawn';

function isCreated({ fate }: Work, { content, before }: StudyInCase, repetition: boolean): boolean {
  if (content.state === 'withdrawn') return false;
  return fate?.did === 'created' || (repetition && (before?.created ?? false));
}

const doneStudy = ({ code, content }: StudyInCase, created: boolean): DoneStudy => ({
  code,
  revision: content.revision,
  created,
});

const provisioned = (
  { content }: StudyInCase,
  moodleUserId: number | undefined,
  accountCreated: boolean,
): UserProvisioned => ({ ...content, ...(moodleUserId !== undefined && { moodleUserId }), accountCreated });

/** A message about a vanished account does not say of which revision it is. */
const known = ({ content }: StudyInCase): WhatWasDone => ({ revision: content.revision, origin: content.origin });

/** The person's other studies were enrolled under an account that is no more. */
function tellSiblings({ of: { studies }, fate }: Work, id: number | undefined, given: Answer): void {
  const because = given.follow[0]?.at;
  if (because === undefined) return;
  for (const study of studies) {
    const { before, content } = study;
    if (messagesOwed(study).length > 0 || content.state === 'withdrawn' || before?.applied !== content.revision)
      continue;
    const created = fate?.did === 'created';
    given.follow.push({ data: provisioned(study, id, created), at: because });
    given.done.push(doneStudy(study, created));
  }
}
