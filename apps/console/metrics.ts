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

export const openFailures = new Gauge({
  name: 'itk_failures_open',
  help: 'Failures that wait for a person',
  labelNames: ['system', 'kind'],
});
