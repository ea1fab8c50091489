import { eventTypes, type EventType } from './events.js';

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
} as const satisfies Record<string, readonly EventType[]>;

export type ConsumerName = keyof typeof consumers;
export const consumerNames = Object.keys(consumers) as ConsumerName[];

/** Every event, for the journal; its queue may lose its head but never pushes back. */
export const journalName = 'console';

/** `itk.student.changed.v1` of system `lms` travels as `lms.student.changed`. */
export const routingKey = (system: string, type: EventType): string =>
  `${system}.${type.replace(/^itk\./, '').replace(/\.v\d+$/, '')}`;
