import type { StudentChanged } from '#contracts';
import type { Arrangement, StudentInBatch } from './arrangement.js';
import { changeDue, missingDue, type ChangeDue, type MissingDue } from './due.js';
import { accountSource } from './lead-study.js';
import type { Before, KnownAccount, KnownStudy } from '../ledger/known.js';

/** One study of a person, as it stands with this batch. */
export interface StudyInCase {
  code: string;
  content: StudentChanged;
  /** As the ledger knew it before the batch. */
  before?: KnownStudy;
  change?: { index: number; due: ChangeDue };
  missing?: { index: number; due: MissingDue; saidAt: number };
}

/** One person in a batch, with everything that decides about the account. */
export interface PersonCase {
  key: string;
  account?: KnownAccount;
  studies: StudyInCase[];
  /** Whose data the account shows; undefined: no study is active. */
  source?: StudentChanged;
  /** Something is to be done beyond publishing again. */
  work: boolean;
  /** The account is said to have vanished: it must be looked up, whatever the ledger says. */
  mustLookUp: boolean;
}

export interface Cases {
  cases: PersonCase[];
  /** Words about accounts of students that the ledger does not know. */
  unknown: { code: string; index: number }[];
}

/** Gathers the students of a batch into persons, with their other studies from the ledger. */
export function personCases(students: Arrangement['students'], keys: Map<string, string>, before: Before): Cases {
  const studies = new Map<string, StudyInCase[]>();
  const unknown: Cases['unknown'] = [];
  const given = new Set<string>();
  const put = (key: string, study: StudyInCase): void => {
    studies.set(key, [...(studies.get(key) ?? []), study]);
    given.add(study.code);
  };
  for (const student of students) {
    const known = before.studies.get(student.code);
    const key = keys.get(student.code) ?? known?.key;
    const study = studyOf(student, known);
    if (study && key !== undefined) put(key, study);
    else if (student.missing) unknown.push({ code: student.code, index: student.missing.index });
  }
  for (const known of before.studies.values())
    if (!given.has(known.code) && known.content && studies.has(known.key))
      put(known.key, { code: known.code, content: known.content, before: known });
  return { cases: [...studies].map(([key, theirs]) => personCase(key, theirs, before)), unknown };
}

function studyOf({ code, change, missing }: StudentInBatch, before: KnownStudy | undefined): StudyInCase | undefined {
  const due = change && changeDue(change.data.revision, before);
  const content = due === undefined || due === 'superseded' ? before?.content : change!.data;
  if (content === undefined) return undefined;
  const state = { ...before, seen: content.revision };
  return {
    code,
    content,
    ...(before && { before }),
    ...(due && { change: { index: change!.index, due } }),
    ...(missing && {
      missing: { index: missing.index, saidAt: missing.saidAt, due: missingDue(missing.saidAt, state) },
    }),
  };
}

function personCase(key: string, studies: StudyInCase[], before: Before): PersonCase {
  const account = before.accounts.get(key) ?? movedAccount(studies, before);
  const source = accountSource(studies.map(({ content }) => content));
  const mustLookUp = studies.some(({ missing }) => missing?.due === 'lookUp');
  const owed = studies.some(({ change }) => change?.due === 'again') && source && account?.moodleUserId === undefined;
  const work = mustLookUp || owed || studies.some(({ change }) => change?.due === 'work');
  return {
    key,
    ...(account && { account: { ...account, key } }),
    studies,
    ...(source && { source }),
    work,
    mustLookUp,
  };
}

/** The account under the key that these studies had before: the rule for person keys was changed. */
function movedAccount(studies: readonly StudyInCase[], before: Before): KnownAccount | undefined {
  for (const { before: known } of studies) {
    const account = known && before.accounts.get(known.key);
    if (account?.moodleUserId !== undefined) return { ...account, contentHash: undefined };
  }
  return undefined;
}
