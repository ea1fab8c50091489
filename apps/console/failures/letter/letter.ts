import { createHash } from 'node:crypto';
import type { ConsumeMessage, MessagePropertyHeaders } from 'amqplib';
import { both, failureKinds, revisionSchema, type Bilingual, type FailureKind } from '#contracts';
import { deadLetterId, historyHeader, kindOfDeath, replayHeader } from '#messaging';
import type { Attempt, Cause, OneCause, Owner } from '../failure.js';
import { causesOf } from './causes.js';
import { readOwner, type Read } from './owner.js';
import { storable, storableText } from './storable.js';

/** Where a dead letter was found. */
export interface Place {
  system: string;
  service: string;
  /** The work queue it died in. */
  queue: string;
}

/** A dead letter, read. */
export interface Letter extends Cause, Owner {
  id: string;
  queue: string;
  message: { messageId?: string; type?: string; contentType?: string };
  body: Buffer;
  headers: MessagePropertyHeaders;
  reason: Bilingual;
  cure?: Bilingual;
  /** Where it has several: each of them. */
  causes?: OneCause[];
  attempts: Attempt[];
  /** Tells this death from the others of the same message. */
  death: string;
  /** When it died, milliseconds. */
  time: number;
  /** The replay job that had put the message back. */
  replay?: string;
  /** Nobody could tell that it failed, and it can be read whose it was. */
  tellOn: boolean;
}

const crashed = both(
  'Процессы, державшие сообщение, раз за разом завершались аварийно: брокер отложил его',
  'The processes that held the message kept dying: the broker put it aside',
);
const crashCure = both(
  'Найдите по идентификатору сообщения, на чём падает служба, исправьте и повторите',
  'Find by the message id what the service dies of, mend it and replay',
);
const unmarked = both(
  'В очередь недоставленных сообщение положила не служба: причина не записана',
  'No service put the message into the dead-letter queue: its cause is not written',
);

/** Reads a dead letter; never throws, whatever it holds. `now` (milliseconds) dates what carries no date. */
export function readLetter(message: ConsumeMessage, { system, service, queue }: Place, now: number): Letter {
  const headers = (storable(message.properties.headers ?? {}) ?? {}) as MessagePropertyHeaders;
  const owner = readOwner(message.content);
  const properties = message.properties as { messageId?: string; type?: string; contentType?: string };
  const eventId =
    owner.eventId ?? properties.messageId ?? createHash('sha256').update(message.content).digest('hex').slice(0, 32);
  const kind = kindOf(headers);
  const { time, death } = deathOf(headers, message, now);
  const cause = wordOf(headers['x-itk-cause']) ?? (kind === 'crash' ? 'delivery-limit' : 'unmarked');
  const about = wordOf(headers['x-itk-about']) ?? '';
  const reason = bilingualOf(headers, 'x-itk-reason') ?? (kind === 'crash' ? crashed : unmarked);
  const cure = bilingualOf(headers, 'x-itk-cure') ?? (kind === 'crash' ? crashCure : undefined);
  const revision = owner.revision ?? revisionSchema.safeParse(headers['x-itk-revision']).data;
  const written = historyOf(headers);
  // A service wrote this death into the history itself; the broker did not.
  const attempts =
    headers['x-itk-kind'] !== undefined && written.length > 0
      ? written
      : [...written, { at: new Date(time).toISOString(), kind, cause, about, ...reason }];
  const replay = wordOf(headers[replayHeader]);
  const causes = causesOf(headers, { kind, cause, about });
  return {
    ...ownerOnly(owner),
    id: storableText(deadLetterId(eventId, queue)),
    ...{ system, service, queue, kind, cause, about, reason, attempts, death, time, headers },
    ...(cure && { cure }),
    ...(causes.length > 0 && { causes }),
    ...(revision !== undefined && { revision }),
    ...(replay && { replay }),
    message: {
      ...(properties.messageId && { messageId: properties.messageId }),
      ...(properties.type && { type: properties.type }),
      ...(properties.contentType && { contentType: properties.contentType }),
    },
    body: message.content,
    tellOn: toBeTold(kind, service, owner, headers),
  };
}

function ownerOnly({ eventType, subject, code, origin, traceId }: Read): Owner {
  return {
    ...(eventType && { eventType: storableText(eventType) }),
    ...(subject && { subject: storableText(subject) }),
    ...(code && { code: storableText(code) }),
    ...(origin && { origin }),
    ...(traceId && { traceId }),
  };
}

function kindOf(headers: MessagePropertyHeaders): FailureKind {
  const kind = kindOfDeath(headers) as FailureKind;
  return failureKinds.includes(kind) ? kind : 'contract';
}

/**
 * The console tells on a message where its service could not: the broker put it aside, or the body did not say whose it
 * was in the way the contract wants. Not on outcomes (1C has been told, or the gateway), and not on what the console has
 * told itself: that would go round in a circle.
 */
function toBeTold(kind: FailureKind, service: string, owner: Read, headers: MessagePropertyHeaders): boolean {
  if (kind !== 'contract' && kind !== 'crash') return false;
  if (service === 'onec-poller' || service === 'ims-gateway') return false;
  if (owner.code === undefined || owner.source === '/itk/console') return false;
  return headers['x-itk-stage'] === undefined || !owner.valid;
}

interface BrokersDeath {
  reason?: string;
  time?: { value?: number } | number;
}

function deathOf(
  headers: MessagePropertyHeaders,
  message: ConsumeMessage,
  now: number,
): { time: number; death: string } {
  const failedAt = wordOf(headers['x-itk-failed-at']);
  const written = failedAt === undefined ? NaN : Date.parse(failedAt);
  if (Number.isFinite(written)) return { time: written, death: failedAt! };
  const deaths = (Array.isArray(headers['x-death']) ? headers['x-death'] : []) as (BrokersDeath | null)[];
  const noted = deaths[0]?.time;
  const seconds = typeof noted === 'number' ? noted : noted?.value;
  if (isMoment(seconds)) return { time: seconds * 1000, death: `broker ${seconds}` };
  const sent: unknown = message.properties.timestamp;
  return isMoment(sent) ? { time: sent * 1000, death: `sent ${sent}` } : { time: now, death: 'undated' };
}

/** Unix seconds of this millennium. */
const isMoment = (seconds: unknown): seconds is number =>
  typeof seconds === 'number' && seconds > 0 && seconds < 32_503_680_000;

const wordOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function bilingualOf(headers: MessagePropertyHeaders, name: string): Bilingual | undefined {
  const [ru, en] = [wordOf(headers[`${name}-ru`]), wordOf(headers[`${name}-en`])];
  return ru === undefined && en === undefined ? undefined : both(ru ?? en!, en ?? ru!);
}

function historyOf(headers: MessagePropertyHeaders): Attempt[] {
  const history: unknown = headers[historyHeader];
  if (!Array.isArray(history)) return [];
  return history.flatMap((each: unknown) => {
    if (each === null || typeof each !== 'object') return [];
    const written = each as Record<string, unknown>;
    const word = (name: string) => wordOf(written[name]) ?? '';
    if (!Number.isFinite(Date.parse(word('at')))) return [];
    return [
      {
        at: word('at'),
        kind: word('kind'),
        cause: word('cause'),
        about: word('about'),
        ru: word('ru'),
        en: word('en'),
      },
    ];
  });
}
