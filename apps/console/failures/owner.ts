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

/** Reads what can be read of a body, broken or not. Never throws. `strictly`: also holds it against its contract. */
export function readOwner(body: Buffer, strictly = true): Read {
  let event: Record<string, unknown>;
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    if (json === null || typeof json !== 'object') return { valid: false };
    event = json as Record<string, unknown>;
  } catch {
    return { valid: false };
  }
  const data = (typeof event.data === 'object' && event.data !== null ? event.data : {}) as Record<string, unknown>;
  const person = data.person as { code?: unknown } | null | undefined;
  const code = codeSchema.safeParse(data.code ?? person?.code).data;
  const bindings = event.type === eventTypes.BindingChanged;
  const revision = revisionSchema.safeParse(bindings ? data.sequence : data.revision).data;
  const subject = bindings ? bindingSubject(data) : code;
  const origin = originSchema.safeParse(data.origin).data;
  const traceId = /^00-([0-9a-f]{32})-/.exec(text(event.traceparent) ?? '')?.[1];
  const [eventId, eventType, source] = [text(event.id), text(event.type), text(event.source)];
  return {
    valid: strictly && keepsContract(body),
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
