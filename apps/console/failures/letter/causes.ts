import type { MessagePropertyHeaders } from 'amqplib';
import { both, failureKinds, mostCauses, type Bilingual, type FailureKind } from '#contracts';
import { causesHeader } from '#messaging';
import type { OneCause } from '../failure.js';

/** The causes of a death that has several, the one that counts first; none where it has one, or they cannot be read. */
export function causesOf(
  headers: MessagePropertyHeaders,
  first: Pick<OneCause, 'kind' | 'cause' | 'about'>,
): OneCause[] {
  const written: unknown = headers[causesHeader];
  if (!Array.isArray(written)) return [];
  const all = written.slice(0, mostCauses).flatMap((each: unknown) => readCause(each) ?? []);
  // They belong to this death: its own cause leads them.
  const isFirst = all[0]?.kind === first.kind && all[0].cause === first.cause && all[0].about === first.about;
  const distinct = new Set(all.map(({ kind, cause, about }) => JSON.stringify([kind, cause, about])));
  return isFirst && all.length > 1 && distinct.size === all.length ? all : [];
}

function readCause(given: unknown): OneCause | undefined {
  if (given === null || typeof given !== 'object') return undefined;
  const word = (name: string): string => {
    const value = (given as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : '';
  };
  const text = (ru: string, en: string): Bilingual | undefined =>
    ru === '' && en === '' ? undefined : both(ru || en, en || ru);
  const reason = text(word('ru'), word('en'));
  const cure = text(word('cure-ru'), word('cure-en'));
  const kind = word('kind') as FailureKind;
  if (!failureKinds.includes(kind) || word('cause') === '' || !reason) return undefined;
  return { kind, cause: word('cause'), about: word('about'), reason, ...(cure && { cure }) };
}
