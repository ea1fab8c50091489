import { eventTypes, type EventType } from './events.js';
import type { Origin } from './student.js';

const {
  StudentChanged,
  BindingChanged,
  UserProvisioned,
  EnrolmentDue,
  AccountMissing,
  StudentSynchronized,
  SynchronizationFailed,
  StudentReported,
} = eventTypes;

/** Which service takes which events: one work queue for each service and system. */
export const consumers = {
  'user-provisioner': [StudentChanged, AccountMissing],
  'course-enroller': [UserProvisioned, BindingChanged, EnrolmentDue],
  'success-reporter': [StudentSynchronized, SynchronizationFailed],
  'error-flagger': [SynchronizationFailed],
  'onec-poller': [StudentReported],
  'ims-gateway': [StudentSynchronized, SynchronizationFailed],
} as const satisfies Record<string, readonly EventType[]>;

export type ConsumerName = keyof typeof consumers;
export const consumerNames = Object.keys(consumers) as ConsumerName[];

/** Every event, for the journal; its queue may lose its head but never pushes back. */
export const journalName = 'console';

/** How students end whom files have brought is for the gateway that reads the files; nobody tells it to 1C. */
const outcomes: readonly EventType[] = [StudentSynchronized, SynchronizationFailed];

/**
 * `itk.student.changed.v1` of system `lms` travels as `lms.student.changed`; an outcome of origin `ims` as
 * `lms.ims.student.synchronized`.
 */
export const routingKey = (system: string, type: EventType, origin?: Origin): string =>
  `${system}.${origin === 'ims' && outcomes.includes(type) ? 'ims.' : ''}${type.replace(/^itk\./, '').replace(/\.v\d+$/, '')}`;

/** By which keys a service's queue is bound. */
export const keysOf = (system: string, service: ConsumerName): string[] =>
  consumers[service].map((type) => routingKey(system, type, service === 'ims-gateway' ? 'ims' : undefined));

/** Every key that the house publishes for a system. */
export const routingKeysOf = (system: string): string[] => [
  ...Object.values(eventTypes).map((type) => routingKey(system, type)),
  ...outcomes.map((type) => routingKey(system, type, 'ims')),
];
