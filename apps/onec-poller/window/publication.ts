import { both, eventTypes, makeEvent, nothingDone, type Bilingual, type CloudEvent } from '#contracts';
import type { Misplaced } from '#synchronizer';
import type { Offer } from './offer.js';

const service = 'onec-poller';

export interface Published {
  offer: Offer;
  revision: number;
}

/** The event that a place stands for. */
export function eventOf(
  system: string,
  { offer, revision }: Published,
  more: { bindingSequence?: number; traceparent?: string } = {},
): CloudEvent {
  const from = { service, ...(more.traceparent && { traceparent: more.traceparent }) };
  if (offer.kind === 'student') {
    return makeEvent(
      eventTypes.StudentChanged,
      {
        system,
        origin: 'onec',
        state: 'active',
        person: offer.person,
        study: offer.study,
        courses: offer.courses,
        ...sequenceOf(offer.bindingSequence, more.bindingSequence),
        revision,
      },
      from,
    );
  }
  const failure = {
    system,
    origin: 'onec' as const,
    code: offer.code,
    revision,
    stage: service,
    counts: nothingDone,
  };
  if (offer.kind === 'error') {
    return makeEvent(
      eventTypes.SynchronizationFailed,
      {
        ...failure,
        kind: 'student',
        cause: offer.codeFound ? 'found-by-1c' : 'found-by-1c-code-unknown',
        reason: reasonOf1C(offer),
        flaggedBy1C: true,
      },
      from,
    );
  }
  if (offer.characters !== undefined) {
    return makeEvent(
      eventTypes.SynchronizationFailed,
      { ...failure, ...ofCharacters(offer.characters), flaggedBy1C: false },
      from,
    );
  }
  return makeEvent(
    eventTypes.SynchronizationFailed,
    {
      ...failure,
      kind: 'contract',
      cause: 'element-unusable',
      reason: both(
        `Запись студента в ответе GetStudents нельзя использовать: ${offer.where}`,
        `The student's element in the answer of GetStudents cannot be used: ${offer.where}`,
      ),
      flaggedBy1C: false,
    },
    from,
  );
}

const ofTheName = new Set(['lastname', 'firstname', 'middlename']);

/** A name is the student's own fault, for the dean's office to mend; any other field is shared with many. */
function ofCharacters(characters: readonly Misplaced[]) {
  const list = (language: keyof Bilingual): string =>
    characters.map(({ field, character }) => `${field}: ${character[language]}`).join('; ');
  return {
    kind: characters.every(({ field }) => ofTheName.has(field)) ? ('student' as const) : ('contract' as const),
    cause: 'text-unstorable',
    about: [...new Set(characters.map(({ field }) => field))].join(','),
    reason: both(
      `В данных студента стоит то, что не хранится как текст: ${list('ru')}. Наберите эти поля в 1С заново`,
      `The student's data hold what cannot be kept as text: ${list('en')}. Type these fields anew in 1C`,
    ),
  };
}

/** Both were read no later than the courses were: the newer one counts. */
function sequenceOf(ofElement: number | undefined, ofBindings: number | undefined): { bindingSequence?: number } {
  if (ofElement === undefined && ofBindings === undefined) return {};
  return { bindingSequence: Math.max(ofElement ?? 0, ofBindings ?? 0) };
}

function reasonOf1C({ text, codeFound }: { text: string; codeFound: boolean }) {
  if (codeFound) return both(`1С: ${text}`, `1C says: ${text}`);
  return both(
    `1С: ${text} (код студента в тексте не найден: проверьте настройку errorCodePattern)`,
    `1C says: ${text} (no student code was found in the text: check the setting errorCodePattern)`,
  );
}
