import { Counter, Gauge } from '#platform';

export const drainedLetters = new Counter({
  name: 'itk_dead_letters_total',
  help: 'Dead letters stored by the console, by queue',
  labelNames: ['queue'],
});

export const journaledEvents = new Counter({
  name: 'itk_journal_events_total',
  help: 'Events that the journal has taken, by system',
  labelNames: ['system'],
});

export const missingEvents = new Counter({
  name: 'itk_journal_missing_total',
  help: 'Events that were published and did not reach the journal',
});

const gauge = (name: string, help: string, labelNames: string[] = []): Gauge => new Gauge({ name, help, labelNames });

/**
 * What the console on duty sees of the whole; one that stands by shows none of it. Each is read anew, so that a system
 * or a queue that is no more leaves no last value behind.
 */
export const gauges = {
  onDuty: gauge('itk_on_duty', '1 in the one console that drains, keeps the journal and replays'),
  openFailures: gauge('itk_failures_open', 'Failures that wait for a person', ['system', 'kind']),
  students: gauge('itk_students', 'Students of whom anything is known: known, synchronized, failed', [
    'system',
    'state',
  ]),
  underWayOldest: gauge(
    'itk_under_way_oldest_seconds',
    'Since when the one is under way that has been so for longest',
    ['system'],
  ),
  lastCome: gauge('itk_last_come_timestamp_seconds', 'When 1C or a file brought something last', ['system']),
  lastReported: gauge('itk_last_reported_timestamp_seconds', 'When 1C was told something last', ['system']),
  silent: gauge('itk_silent', '1: nothing has come for more business hours than console.freshness allows', ['system']),
  paused: gauge('itk_paused', '1 while a service waits: outage, configuration or broker', [
    'system',
    'service',
    'kind',
  ]),
  found: gauge('itk_found', 'What a service has found and no message carries, by its look', [
    'system',
    'service',
    'check',
  ]),
  queueMessages: gauge('itk_queue_messages', 'Messages of a service: ready, in_hand, retry, dead', [
    'system',
    'consumer',
    'state',
  ]),
  databaseConnections: gauge(
    'itk_database_connections',
    'Connections of PostgreSQL: used, and max that clients may have',
    ['state'],
  ),
};
