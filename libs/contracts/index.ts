export { both, type Bilingual } from './bilingual.js';
export {
  failed,
  failureKinds,
  failureSchema,
  mostCauses,
  SynchronizationError,
  whatOneCHears,
  type DeadKind,
  type Failure,
  type FailureKind,
  type Told,
} from './failure.js';
export { fromFailure, ill, well, type Finding } from './finding.js';
export { storable, storableValue, tidyText, unstorableIn } from './text.js';
export {
  codeSchema,
  coursesSchema,
  nothingDone,
  originSchema,
  personKey,
  personSchema,
  revisionSchema,
  studySchema,
  systemIdSchema,
  unixSeconds,
  type AccountsPer,
  type Counts,
  type Course,
  type Origin,
  type Person,
  type Study,
} from './student.js';
export {
  eventTypes,
  studentChangedSchema,
  type AccountMissing,
  type BindingChanged,
  type EventData,
  type EventType,
  type StudentChanged,
  type SynchronizationFailed,
  type ToldAccount,
  type UserProvisioned,
} from './events.js';
export {
  cloudEventBatchContentType,
  cloudEventContentType,
  ContractError,
  isOfType,
  makeEvent,
  parseEvent,
  type CloudEvent,
} from './cloud-event.js';
export {
  consumerNames,
  consumers,
  journalName,
  keysOf,
  routingKey,
  routingKeysOf,
  type ConsumerName,
} from './routing.js';
