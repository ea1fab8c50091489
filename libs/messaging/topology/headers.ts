import type { ConsumeMessage, MessagePropertyHeaders } from 'amqplib';
import { mostCauses, type Failure } from '#contracts';

/** Our own count of failures: the broker's delivery count speaks of dying processes, not of failed tries. */
export const attemptHeader = 'x-attempt';
/** Every failure so far, newest last: [{ at, kind, cause, reason_en }]. */
export const historyHeader = 'x-itk-history';
const historyLength = 10;
/** All headers share one frame of 128 KB, and the broker cuts the connection of whoever exceeds it. Letters. */
const [longestInHistory, longestReason, longestOfCause] = [500, 4_000, 400];
const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
/** Of a copy: which one it is. Its event, and so the message's id, may be copied many times. */
export const copyHeader = 'x-itk-copy';
/** Which replay job put the message back: the letter that comes of it is known as its failure. */
export const replayHeader = 'x-itk-replay';
/**
 * Of the journal's copy: `<publisher>/<first>-<last>` of the events in it, counted from 1 for each publisher and system.
 * A jump is a gap. Of a copy that is one event by itself, as earlier versions sent them: `<publisher>/<n>`.
 */
export const journalCountHeader = 'x-itk-journal';

export const attemptOf = (message: ConsumeMessage): number => {
  const value: unknown = message.properties.headers?.[attemptHeader];
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
};

/** The headers that a copy may keep: the broker's own marks of deaths and deliveries would make it see a cycle. */
export function headersToKeep(headers: MessagePropertyHeaders | undefined): MessagePropertyHeaders {
  return Object.fromEntries(
    Object.entries(headers ?? {}).filter(
      ([name]) => !/^x-(death|first-death-.*|last-death-.*|delivery-count|acquired-count|opt-.*)$/.test(name),
    ),
  );
}

/** One more failure written into the history. */
export function withFailure(headers: MessagePropertyHeaders, failure: Failure, time: Date): MessagePropertyHeaders {
  const before = Array.isArray(headers[historyHeader]) ? (headers[historyHeader] as unknown[]) : [];
  const now = {
    at: time.toISOString(),
    kind: failure.kind,
    cause: failure.cause,
    about: failure.about ?? '',
    ru: cut(failure.reason.ru, longestInHistory),
    en: cut(failure.reason.en, longestInHistory),
  };
  return { ...headers, [historyHeader]: [...before, now].slice(-historyLength) };
}

/** Of a death of several causes: [{ kind, cause, about, ru, en, 'cure-ru', 'cure-en' }], the one that counts first. */
export const causesHeader = 'x-itk-causes';

const headerOfCause = ({ kind, cause, about = '', reason, cure }: Failure): Record<string, string> => ({
  ...{ kind, cause, about: cut(about, longestOfCause) },
  ...{ ru: cut(reason.ru, longestOfCause), en: cut(reason.en, longestOfCause) },
  ...(cure && { 'cure-ru': cut(cure.ru, longestOfCause), 'cure-en': cut(cure.en, longestOfCause) }),
});

/** What a dead letter says of its death, for whoever drains the queue. */
export const deathHeaders = (
  failure: Failure,
  stage: string,
  routingKey: string,
  time: Date,
  revision?: number,
): MessagePropertyHeaders => ({
  'x-itk-stage': stage,
  'x-itk-kind': failure.kind,
  'x-itk-cause': failure.cause,
  'x-itk-about': failure.about ?? '',
  'x-itk-reason-ru': cut(failure.reason.ru, longestReason),
  'x-itk-reason-en': cut(failure.reason.en, longestReason),
  ...(failure.cure && { 'x-itk-cure-ru': failure.cure.ru, 'x-itk-cure-en': failure.cure.en }),
  ...(failure.causes && { [causesHeader]: failure.causes.slice(0, mostCauses).map(headerOfCause) }),
  'x-itk-failed-at': time.toISOString(),
  'x-itk-routing-key': routingKey,
  ...(revision !== undefined && { 'x-itk-revision': revision }),
});

/**
 * The headers of a dead letter that goes back to the queue it died in: the first try again, with the history of what
 * was tried before and without the marks of its death.
 */
export function headersOfReplay(headers: MessagePropertyHeaders | undefined, replay: string): MessagePropertyHeaders {
  const kept = Object.entries(headersToKeep(headers)).filter(
    ([name]) => !name.startsWith('x-itk-') || name === historyHeader,
  );
  return { ...Object.fromEntries(kept), [attemptHeader]: 0, [replayHeader]: replay };
}

/**
 * The kind of a message found in a dead-letter queue: what the service wrote, or `crash` where the broker itself put
 * the message there because the processes that held it kept dying.
 */
export function kindOfDeath(headers: MessagePropertyHeaders | undefined): string {
  const written: unknown = headers?.['x-itk-kind'];
  if (typeof written === 'string') return written;
  const deaths = Array.isArray(headers?.['x-death']) ? (headers['x-death'] as ({ reason?: string } | null)[]) : [];
  return deaths.some((death) => death?.reason === 'delivery_limit') ? 'crash' : 'contract';
}
