import { Counter, Histogram } from 'prom-client';

export const calls = new Counter({
  name: 'itk_moodle_calls_total',
  help: 'Calls of Moodle web services by outcome: ok, refused, or the kind of the failure',
  labelNames: ['system', 'function', 'outcome'],
});

export const callSeconds = new Histogram({
  name: 'itk_moodle_call_seconds',
  help: 'Time a call of a Moodle web service took',
  labelNames: ['system', 'function'],
  buckets: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120],
});

export const halvedBatches = new Counter({
  name: 'itk_moodle_halved_batches_total',
  help: 'Batches halved because PHP at the site drops values over max_input_vars, or a proxy takes no call so large',
  labelNames: ['system'],
});

export const bisectedBatches = new Counter({
  name: 'itk_moodle_taken_apart_total',
  help: 'Batches refused because of something in them, and taken apart',
  labelNames: ['system', 'function'],
});

export const foreignText = new Counter({
  name: 'itk_moodle_foreign_text_total',
  help: 'Answers of Moodle with text before or after them that is not theirs',
  labelNames: ['system', 'place'],
});
