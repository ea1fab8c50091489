export {
  deadQueue,
  deliveryLimit,
  exchange,
  journalExchange,
  journalKey,
  journalQueue,
  ladder,
  retryQueue,
  topologyOf,
  workQueue,
  type QueueDeclaration,
} from './topology/topology.js';
export {
  attemptHeader,
  attemptOf,
  causesHeader,
  deathHeaders,
  headersOfReplay,
  historyHeader,
  journalCountHeader,
  kindOfDeath,
  replayHeader,
  withFailure,
} from './topology/headers.js';
export { Broker, BrokerUnavailableError, endChannel } from './broker/broker.js';
export { declare } from './topology/declare.js';
export { permissionsOf } from './topology/rights.js';
export { heldBackBecause } from './broker/held-back.js';
export { Publisher, UnroutableError, type Outgoing } from './publishing/publisher.js';
export {
  answers,
  dead,
  done,
  handBack,
  isThrough,
  outcomeOf,
  superseded,
  timedOut,
  type Answers,
  type Outcome,
  type WhatWasDone,
} from './answering/outcome.js';
export { databaseAway, databaseSetting, failureOf } from './answering/failure-of.js';
export { deadLetterId, type BatchContext, type Delivery } from './answering/delivery.js';
export { dispatch } from './answering/dispatch.js';
export { continueTrace } from './answering/trace.js';
export type { Admission, Guard } from './answering/guard.js';
export { QueueConsumer } from './consuming/queue-consumer.js';
export { leaseOn } from './consuming/take-lease.js';
export { Settler } from './consuming/settle.js';
export { batch } from './nest/batch.js';
export { RabbitServer, type Hands } from './nest/rabbit-server.js';
export { messaging, type MessagingOptions } from './nest/messaging.module.js';
