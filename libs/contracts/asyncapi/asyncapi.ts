import { z } from 'zod';
import { bilingualSchema } from '../bilingual.js';
import { cloudEventBatchContentType, cloudEventContentType, envelopeSchema, makeEvent } from '../cloud-event.js';
import { eventSchemas, eventTypes, type EventType } from '../events.js';
import { examples } from './examples.js';
import { consumerNames, consumers, journalName, keysOf, routingKey, type ConsumerName } from '../routing.js';
import { codeSchema, countsSchema, courseSchema, personSchema, studySchema, systemIdSchema } from '../student.js';

type Json = Record<string, unknown>;
type EventName = keyof typeof eventTypes;

/** Who publishes which event. SynchronizationFailed comes from the transport too, for whatever a service buries. */
export const publishers: Record<EventName, readonly string[]> = {
  /** The console: a failed message that a person has edited. */
  StudentChanged: ['onec-poller', 'ims-gateway', 'console'],
  BindingChanged: ['onec-poller'],
  UserProvisioned: ['user-provisioner'],
  EnrolmentDue: ['course-enroller'],
  AccountMissing: ['course-enroller'],
  StudentSynchronized: ['course-enroller'],
  SynchronizationFailed: ['onec-poller', 'user-provisioner', 'course-enroller', 'console'],
  StudentReported: ['success-reporter', 'error-flagger'],
};

export const eventsExchange = 'itk.events';
export const journalExchangeName = 'itk.journal';

const names = Object.keys(eventTypes) as EventName[];
const nameOf = new Map<EventType, EventName>(names.map((name) => [eventTypes[name], name]));
const ref = (...path: string[]): Json => ({ $ref: `#/${path.join('/')}` });
const fromEntries = <T>(items: readonly T[], entry: (item: T) => [string, unknown]): Json =>
  Object.fromEntries(items.map(entry));
const bindingVersion = '0.3.0';

/** JSON Schemas of all events and of their common parts, which stand once and are referred to. */
function schemas(): Json {
  const registry = z.registry<{ id: string }>();
  const add = (schema: z.ZodType, id: string) => registry.add(schema, { id });
  add(envelopeSchema, 'CloudEvent');
  add(systemIdSchema, 'SystemId');
  add(codeSchema, 'StudentCode');
  add(personSchema, 'Person');
  add(studySchema, 'Study');
  add(courseSchema, 'Course');
  add(countsSchema, 'Counts');
  add(bilingualSchema, 'Bilingual');
  for (const name of names) add(eventSchemas[eventTypes[name]], name);
  const { schemas: made } = z.toJSONSchema(registry, {
    target: 'draft-7',
    // as a consumer reads: what a newer service adds is no fault
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return fromEntries(Object.entries(made), ([id, { $schema: _, $id: __, ...schema }]) => [id, schema]);
}

const descriptionOf = (name: EventName): string => eventSchemas[eventTypes[name]].description ?? name;

const message = (name: EventName): Json => {
  const type = eventTypes[name];
  const example = makeEvent(type, examples[type], {
    service: publishers[name][0]!,
    id: '4a1f6f0e-6c35-4c2c-9d2a-0d5c4a6b7e11',
    time: new Date('2026-09-21T12:00:00Z'),
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  });
  return {
    name: type,
    title: name,
    summary: descriptionOf(name),
    contentType: cloudEventContentType,
    correlationId: {
      description: 'W3C trace context: the same trace from the poll of 1C to the word back.',
      location: '$message.payload#/traceparent',
    },
    payload: {
      allOf: [
        ref('components', 'schemas', 'CloudEvent'),
        { type: 'object', properties: { type: { const: type }, data: ref('components', 'schemas', name) } },
      ],
      required: ['data'],
    },
    bindings: { amqp: { messageType: type, bindingVersion } },
    examples: [{ name: 'one', payload: example }],
  };
};

const system = { system: ref('components', 'parameters', 'system') };
const messagesOf = (taken: readonly EventName[]): Json =>
  fromEntries(taken, (name) => [name, ref('components', 'messages', name)]);

/** What the journal reads: the events that were published together, of whatever types. */
const journalCopy: Json = {
  name: 'journal-copy',
  title: 'JournalCopy',
  summary: 'Events that one service has published together, in the CloudEvents JSON batch format.',
  contentType: cloudEventBatchContentType,
  headers: {
    type: 'object',
    properties: {
      'x-itk-journal': {
        type: 'string',
        pattern: '^[\\w.-]{1,100}/[1-9][0-9]*-[1-9][0-9]*$',
        description:
          '`<publisher>/<first>-<last>`: numbers of the events in it, counted from 1 for each publisher and system. A jump is a gap.',
      },
    },
  },
  payload: {
    type: 'array',
    items: { anyOf: names.map((name) => ref('components', 'messages', name, 'payload')) },
  },
  bindings: { amqp: { bindingVersion } },
};

/** Of origin `ims`, where that has a key of its own: its outcomes are none for 1C. */
const keyOfFiles = (name: EventName): string => routingKey('{system}', eventTypes[name], 'ims');
const apart = names.filter((name) => keyOfFiles(name) !== routingKey('{system}', eventTypes[name]));

const eventChannel = (
  name: EventName,
  address = routingKey('{system}', eventTypes[name]),
  title: string = name,
): Json => ({
  address,
  title,
  description: descriptionOf(name),
  messages: messagesOf([name]),
  parameters: system,
  bindings: {
    amqp: {
      is: 'routingKey',
      exchange: { name: eventsExchange, type: 'topic', durable: true, autoDelete: false },
      bindingVersion,
    },
  },
});

const queueChannel = (name: string, description: string, messages: Json): Json => ({
  address: `${name}.{system}`,
  title: `Queue of ${name}`,
  description,
  messages,
  parameters: system,
  bindings: {
    amqp: {
      is: 'queue',
      queue: { name: `${name}.{system}`, durable: true, exclusive: false, autoDelete: false },
      bindingVersion,
    },
  },
});

const takenBy = (consumer: ConsumerName): EventName[] => consumers[consumer].map((type) => nameOf.get(type)!);
const workQueueChannel = (consumer: ConsumerName): Json =>
  queueChannel(
    consumer,
    `Work queue of ${consumer} for one system (quorum, single active consumer), bound to ${eventsExchange} by ` +
      `${keysOf('{system}', consumer).join(', ')}. What cannot be handled ends in ${consumer}.{system}.dead.`,
    messagesOf(takenBy(consumer)),
  );

const send = (service: string, name: EventName): Json => ({
  action: 'send',
  channel: ref('channels', name),
  title: `${service} publishes ${name}`,
  description: `Persistent and mandatory, confirmed by the broker; a copy goes to ${journalExchangeName} as {system}.journal, in one message with what is published together.`,
  messages: [ref('channels', name, 'messages', name)],
  bindings: { amqp: { deliveryMode: 2, mandatory: true, timestamp: true, bindingVersion } },
});

const receive = (service: string, queue: string, name: EventName): Json => ({
  action: 'receive',
  channel: ref('channels', queue),
  title: `${service} takes ${name}`,
  messages: [ref('channels', queue, 'messages', name)],
  bindings: { amqp: { ack: true, bindingVersion } },
});

const queueKey = (service: string): string => `queue-${service}`;

/** What the services say to each other, as AsyncAPI 3.0: made from the schemas that both ends check. */
export function asyncApiDocument(): Json {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Integration Toolkit: events',
      version: '1.0.0',
      description:
        'События, которыми службы Integration Toolkit обмениваются через RabbitMQ. Каждое — CloudEvents 1.0 ' +
        '(structured JSON); в пределах старшей версии типа поля только добавляются.\n\n' +
        'The events by which the services of the Integration Toolkit talk through RabbitMQ. Each is a CloudEvents 1.0 ' +
        'event (structured JSON); within a major version of a type fields are only added. No event carries a password.',
    },
    defaultContentType: cloudEventContentType,
    channels: {
      ...fromEntries(names, (name) => [name, eventChannel(name)]),
      ...fromEntries(apart, (name) => [
        `${name}-of-files`,
        eventChannel(name, keyOfFiles(name), `${name} of origin ims`),
      ]),
      ...fromEntries(consumerNames, (consumer) => [queueKey(consumer), workQueueChannel(consumer)]),
      [queueKey(journalName)]: queueChannel(
        journalName,
        `Journal of every event of one system, bound to the topic exchange ${journalExchangeName} by {system}.#. ` +
          'It may drop its head and never pushes back on the others.',
        { JournalCopy: ref('components', 'messages', 'JournalCopy') },
      ),
    },
    operations: {
      ...fromEntries(
        names.flatMap((name) => publishers[name].map((service) => ({ service, name }))),
        ({ service, name }) => [`${service}-publishes-${name}`, send(service, name)],
      ),
      ...fromEntries(
        consumerNames.flatMap((service) => takenBy(service).map((name) => ({ service, name }))),
        ({ service, name }) => [`${service}-takes-${name}`, receive(service, queueKey(service), name)],
      ),
    },
    components: {
      parameters: {
        system: { description: `${systemIdSchema.description} 1 to 32 of a-z, 0-9 and -.`, examples: ['lms'] },
      },
      messages: { ...fromEntries(names, (name) => [name, message(name)]), JournalCopy: journalCopy },
      schemas: schemas(),
    },
  };
}

/** The bytes of `docs/asyncapi.json`. */
export const asyncApiText = (): string => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;
