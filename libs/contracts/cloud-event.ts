import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { eventSchemas, type EventData, type EventType } from './events.js';

export const cloudEventContentType = 'application/cloudevents+json';
/** A JSON array of events. */
export const cloudEventBatchContentType = 'application/cloudevents-batch+json';

export const envelopeSchema = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1).max(200).describe("The message's `message_id` too; a copy keeps it."),
    source: z.string().min(1).describe('`/itk/<service>`'),
    type: z.string().min(1).describe("The contract's name and major version."),
    subject: z.string().describe("The student's code; for BindingChanged `<curriculum>/<semester>`."),
    time: z.string().describe('RFC 3339, UTC.'),
    traceparent: z.string().optional().describe('W3C trace context; travels from the poll to the last word.'),
    data: z.unknown(),
  })
  .describe('A CloudEvents 1.0 event in structured mode: the body of every message.');

/** A CloudEvents 1.0 event in structured mode: the body of every message. */
export interface CloudEvent<T extends EventType = EventType> {
  specversion: '1.0';
  id: string;
  /** `/itk/<service>` */
  source: string;
  type: T;
  /** The student's code; for BindingChanged `<curriculum>/<semester>`. */
  subject: string;
  /** RFC 3339, UTC. */
  time: string;
  datacontenttype: 'application/json';
  /** W3C trace context; travels from the poll to the last word. */
  traceparent?: string;
  data: EventData<T>;
}

/** The body does not keep the contract. The text says where, and what was expected there. */
export class ContractError extends Error {
  override name = 'ContractError';
}

const subjectOf = (data: object): string => {
  if ('code' in data) return String(data.code);
  if ('person' in data) return (data.person as { code: string }).code;
  const { curriculum, semester } = data as { curriculum: string; semester: number };
  return `${curriculum}/${semester}`;
};

const complaint = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
    .join('; ');

/** Makes an event and holds it against its schema: what breaks the contract does not leave the service. */
export function makeEvent<T extends EventType>(
  type: T,
  data: EventData<T>,
  from: { service: string; traceparent?: string; id?: string; time?: Date },
): CloudEvent<T> {
  const checked = eventSchemas[type].safeParse(data);
  if (!checked.success) throw new ContractError(`${type} cannot be sent: ${complaint(checked.error)}`);
  return {
    specversion: '1.0',
    id: from.id ?? randomUUID(),
    source: `/itk/${from.service}`,
    type,
    subject: subjectOf(data),
    time: (from.time ?? new Date()).toISOString(),
    datacontenttype: 'application/json',
    ...(from.traceparent && { traceparent: from.traceparent }),
    data: checked.data as EventData<T>,
  };
}

/** Reads a message body. Throws {@link ContractError}; never anything else. */
export function parseEvent(body: Buffer | string): CloudEvent {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    throw new ContractError('the body is not JSON');
  }
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) throw new ContractError(`not a CloudEvents 1.0 event: ${complaint(envelope.error)}`);
  const type = envelope.data.type as EventType;
  if (!Object.hasOwn(eventSchemas, type)) throw new ContractError(`no event of type ${envelope.data.type} is known`);
  const data = eventSchemas[type].safeParse(envelope.data.data);
  if (!data.success) throw new ContractError(`${type}: ${complaint(data.error)}`);
  return { ...envelope.data, datacontenttype: 'application/json', type, data: data.data } as CloudEvent;
}

export const isOfType = <T extends EventType>(event: CloudEvent, type: T): event is CloudEvent<T> =>
  event.type === type;
