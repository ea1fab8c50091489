import { codeSchema, eventTypes, parseEvent, originSchema, revisionSchema } from '#contracts';
import type { Owner } from '../failure.js';

export interface Read extends Owner {
  eventId?: string;
  source?: string;
  /** The body keeps the contract: whoever gave the message up could say whose it was. */
  valid: boolean;
}

const text = (value: unknown, longest = 200): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined;

/** Reads what can be read of a body, broken or not, and holds it against its contract. Never throws. */
export function readOwner(body: Buffer): Read {
  let event: unknown;
  try {
    event = JSON.parse(body.toString('utf8'));
  } catch {
    return { valid: false };
  }
  if (!isRecord(event)) return { valid: false };
  const origin = originSchema.safeParse(isRecord(event.data) ? event.data.origin : undefined).data;
  return { ...ownerOf(event), ...(origin && { origin }), valid: keepsContract(body) };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What can be read of an event that was JSON, apart from its origin. Never throws. */
export function ownerOf(event: Record<string, unknown>): Omit<Read, 'valid' | 'origin'> {
  const data = isRecord(event.data) ? event.data : {};
  const person = data.person as { code?: unknown } | null | undefined;
  const bindings = event.type === eventTypes.BindingChanged;
  const code = codeSchema.safeParse(data.code ?? person?.code).data;
  const subject = bindings ? bindingSubject(data) : code;
  const revision = revisionSchema.safeParse(bindings ? data.sequence : data.revision).data;
  const traceId = /^00-([0-9a-f]{32})-/.exec(text(event.traceparent) ?? '')?.[1];
  const [eventId, eventType, source] = [text(event.id), text(event.type), text(event.source)];
  // Assigned one by one: the journal reads thousands a second, and spreading took as long as parsing.
  const owner: Omit<Read, 'valid' | 'origin'> = {};
  if (eventId) owner.eventId = eventId;
  if (source) owner.source = source;
  if (eventType) owner.eventType = eventType;
  if (subject) owner.subject = subject;
  if (code && !bindings) owner.code = code;
  if (revision !== undefined) owner.revision = revision;
  if (traceId) owner.traceId = traceId;
  return owner;
}

/** Bindings belong to no student. */
export const bindingSubject = ({ curriculum, semester }: { curriculum?: unknown; semester?: unknown }): string =>
  `#${String(curriculum)}/${String(semester)}`;

function keepsContract(body: Buffer): boolean {
  try {
    parseEvent(body);
    return true;
  } catch {
    return false;
  }
}
