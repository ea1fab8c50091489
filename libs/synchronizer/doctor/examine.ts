import { both, ill, SynchronizationError, well, type Finding } from '#contracts';
import { wayTo } from '#platform';
import type { SynchronizerCalls } from '../calls.js';
import { SynchronizerClient, type SynchronizerOptions } from '../client.js';
import type { ByRecord } from '../answers/page.js';
import { clock, mark, noteOf, pace, session, type Noted } from './answers.js';
import type { OnecCircumstances } from './circumstances.js';
import { flagNotTested, testFlag } from './flag.js';
import { Offered } from './offered.js';
import { aboutTheDescription } from './operations-needed.js';
import { flaggedByListing, pageByRecord, pageNotRead, readPage } from './page.js';
import { trouble } from './troubles.js';

/**
 * Examines a publication of ITK_Synchronizer and our account there: every finding with its mend. Changes nothing in 1C
 * unless a page or the flag test is asked for. Never throws for what 1C does: an outage in the middle is the last
 * finding but for the way that calls go. `now`: milliseconds.
 */
export async function examineOneC(
  options: SynchronizerOptions,
  about: OnecCircumstances,
  now: () => number = Date.now,
): Promise<Finding[]> {
  return [...(await examined(options, about, now)), wayTo(options.url)];
}

async function examined(options: SynchronizerOptions, about: OnecCircumstances, now: () => number): Promise<Finding[]> {
  const notes: Noted[] = [];
  const observe: SynchronizerOptions['observe'] = (answer, took) => void notes.push(noteOf(answer, took, now()));
  let byRecord: ByRecord | undefined;
  const client = new SynchronizerClient({ ...options, observe, onPage: (page) => (byRecord ??= page) });
  const findings: Finding[] = [];
  try {
    const description = await client.description();
    findings.push(well('reachable', '1С отвечает и описывает веб-сервис', '1C answers and describes the web service'));
    findings.push(...aboutTheDescription(description, about));
    const { operations } = description;
    if (!operations.includes('SetCronflag')) return findings;
    const known = await els(client, operations, about.els);
    findings.push(known, clock(notes), pace(notes), ...mark(notes));
    if (known.severity === 'error') return findings;
    findings.push(session(notes), ...(await students(client, operations, about, now)));
    if (byRecord) findings.push(pageByRecord(byRecord));
  } catch (error) {
    if (!(error instanceof SynchronizationError)) throw error;
    findings.push(trouble(error.failure, findings.length === 0 ? 'reachable' : 'examination'));
  }
  return findings;
}

/** By a call that changes nothing, twice in one session: for changes of bindings after the end of time, or a list of nobody. */
async function els(client: SynchronizerClient, operations: string[], name: string): Promise<Finding> {
  const harmless = (calls: SynchronizerCalls): Promise<unknown> =>
    operations.includes('BindingsSince')
      ? calls.bindingsSince(name, Number.MAX_SAFE_INTEGER, 1)
      : calls.flagNobody(name);
  try {
    await client.run(async (calls) => {
      await harmless(calls);
      await harmless(calls);
    });
  } catch (error) {
    const failure = error instanceof SynchronizationError ? error.failure : undefined;
    if (failure?.cause === 'onec-unknown-els') return trouble(failure);
    // A list of nobody is more than some modules expect; that says nothing of the system.
    if (failure?.cause === 'onec-fault' && !operations.includes('BindingsSince')) return notKnown(failure.reason);
    throw error;
  }
  return well('els', `Система «${name}» есть в справочнике ELS`, `The ELS directory has the system "${name}"`);
}

const notKnown = (reason: { ru: string; en: string }): Finding =>
  ill(
    'els',
    'advice',
    both(
      `Не проверено: на пустой список студентов 1С ответила исключением. ${reason.ru}`,
      `Not examined: 1C answered an empty list of students with an exception. ${reason.en}`,
    ),
    both(
      'Прочитайте страницу студентов: тогда будет видно (itk doctor СИСТЕМА --page)',
      'Have a page of students read: that shows it (itk doctor SYSTEM --page)',
    ),
  );

/** What cannot be examined without 1C listing its students. */
async function students(
  client: SynchronizerClient,
  operations: string[],
  about: OnecCircumstances,
  now: () => number,
): Promise<Finding[]> {
  const { page, student } = about;
  const notAsked = [...(page ? [] : [pageNotRead]), ...(student === undefined ? [flagNotTested] : [])];
  if (notAsked.length === 2 || !operations.includes('GetStudents')) return notAsked;
  return client.run(async (calls) => {
    const offered = new Offered(calls, about.els, about.window, operations.includes('Reoffer'));
    const findings: Finding[] = [];
    try {
      if (page) findings.push(...(await readPage(offered, about)));
      if (student !== undefined) findings.push(await testFlag(calls, offered, about, student, now));
    } finally {
      await offered.giveBack();
    }
    return [...findings, ...flaggedByListing(offered), ...notAsked];
  });
}
