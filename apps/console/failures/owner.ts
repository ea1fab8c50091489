import { codeSchema, eventTypes, parseEvent, originSchema, revisionSchema } from '#contracts';
import type { Owner } from './failure.js';

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
  return isRecord(event) ? { ...ownerOf(event), valid: keepsContract(body) } : { valid: false };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What can be read of an event that was JSON. Never throws. */
export function ownerOf(event: Record<string, unknown>): Omit<Read, 'valid'> {
  const data = isRecord(event.data) ? event.data : {};
  const person = data.person as { code?: unknown } | null | undefined;
  const code = codeSchema.safeParse(data.code ?? person?.code).data;
  const bindings = event.type === eventTypes.BindingChanged;
  const revision = revisionSchema.safeParse(bindings ? data.sequence : data.revision).data;
  const subject = bindings ? bindingSubject(data) : code;
  const origin = originSchema.safeParse(data.origin).data;
  const traceId = /^00-([0-9a-f]{32})-/.exec(text(event.traceparent) ?? '')?.[1];
  const [eventId, eventType, source] = [text(event.id), text(event.type), text(event.source)];
  return {
    ...(eventId && { eventId }),
    ...(source && { source }),
    ...(eventType && { eventType }),
    ...(subject && { subject }),
    ...(code && !bindings && { code }),
    ...(revision !== undefined && { revision }),
    ...(origin && { origin }),
    ...(traceId && { traceId }),
  };
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
