import type { ToldAccount, UserProvisioned } from '#contracts';
import { dead, done, isThrough, outcomeOf, superseded, type Outcome, type WhatWasDone } from '#messaging';
import { accountMissingAgain } from '../rules/failures.js';
import type { DoneStudy } from '../ledger/known.js';
import type { StudyInCase } from '../intake/person-case.js';
import type { AccountInWork } from './account-in-work.js';

/** What is owed to one person's messages when the work on the account is over. */
export interface Answer {
  outcomes: { index: number; outcome: Outcome }[];
  /** To be published, each because of the message at its place. */
  follow: { data: UserProvisioned; index: number }[];
  done: DoneStudy[];
  failed: { code: string; cause: string }[];
}

/**
 * @param now milliseconds
 * @param told what the account is to be, where the next service has to know
 */
export function answer(work: AccountInWork, now: number, told?: ToldAccount): Answer {
  const given: Answer = { outcomes: [], follow: [], done: [], failed: [] };
  const { account, studies } = work.person;
  const end = work.end ?? { how: 'unchanged' as const, id: account?.moodleUserId };
  const failed = end.how === 'failed';
  /** What stood before still holds for those who only wait for a repetition. */
  const id = failed ? account?.moodleUserId : end.id;

  for (const study of studies) {
    const { change, missing } = study;
    if (change?.due === 'superseded') given.outcomes.push({ index: change.index, outcome: superseded() });
    if (missing?.due === 'exhausted')
      given.outcomes.push({ index: missing.index, outcome: dead(accountMissingAgain(study.code, id), known(study)) });
    const owed = messagesOwed(study);
    if (owed.length === 0) continue;
    const repetition = change?.due !== 'work' && missing?.due !== 'lookUp' && (!failed || hasStanding(work, study));
    if (failed && !repetition) {
      const outcome = outcomeOf(end.failure, end.error);
      const told = isThrough(outcome) ? outcome : { ...outcome, known: known(study) };
      given.outcomes.push(...owed.map((index) => ({ index, outcome: told })));
      if (told.kind === 'dead') given.failed.push({ code: study.code, cause: told.failure.cause });
      continue;
    }
    const created = isCreated(work, study, repetition);
    given.follow.push({ data: provisioned(study, id, created, told), index: owed[0]! });
    given.outcomes.push(...owed.map((index) => ({ index, outcome: done() })));
    if (!repetition || created !== (study.before?.created ?? false))
      given.done.push({
        ...doneStudy(study, created),
        ...(missing?.due === 'lookUp' && lookedUp(missing.saidAt, now)),
      });
  }
  if (!failed && account?.moodleUserId !== undefined) {
    if (id !== account.moodleUserId) tellSiblings(work, id, given, () => end.how === 'created');
    // What followed may have been lost with the process that recorded it.
    else if (studies.some(isRepeated)) tellSiblings(work, id, given, ({ before }) => before?.created ?? false);
  }
  return given;
}

const messagesOwed = ({ change, missing }: StudyInCase): number[] => [
  ...(change && change.due !== 'superseded' ? [change.index] : []),
  ...(missing && missing.due !== 'exhausted' ? [missing.index] : []),
];

/** Words said up to now are answered by this look-up, by whichever of two clocks is ahead. */
const lookedUp = (saidAt: number, now: number) => ({ lookedUpAt: Math.max(saidAt, now) });

/** A student for whom there is something to repeat: an account, or none because it was withdrawn. */
const hasStanding = ({ person: { account } }: AccountInWork, { content }: StudyInCase): boolean =>
  account?.moodleUserId !== undefined || content.state === 'withdrawn';

function isCreated({ end }: AccountInWork, { content, before }: StudyInCase, repetition: boolean): boolean {
  if (content.state === 'withdrawn') return false;
  return end?.how === 'created' || (repetition && (before?.created ?? false));
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
  account?: ToldAccount,
): UserProvisioned => ({
  ...content,
  ...(moodleUserId !== undefined && { moodleUserId }),
  accountCreated,
  ...(account && { account }),
});

/** A message about a vanished account does not say of which revision it is. */
const known = ({ content }: StudyInCase): WhatWasDone => ({ revision: content.revision, origin: content.origin });

const isRepeated = ({ change, missing }: StudyInCase): boolean => change?.due === 'again' || missing?.due === 'again';

/** The person's other studies were enrolled under an account that is no more. */
function tellSiblings(
  { person: { studies } }: AccountInWork,
  id: number | undefined,
  given: Answer,
  createdOf: (study: StudyInCase) => boolean,
): void {
  const because = given.follow[0]?.index;
  if (because === undefined) return;
  for (const study of studies) {
    const { before, content } = study;
    if (messagesOwed(study).length > 0 || content.state === 'withdrawn' || before?.applied !== content.revision)
      continue;
    const created = createdOf(study);
    given.follow.push({ data: provisioned(study, id, created), index: because });
    if (created !== before.created) given.done.push(doneStudy(study, created));
  }
}
