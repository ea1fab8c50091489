import { Counter, Gauge, Histogram } from 'prom-client';

export const handledMessages = new Counter({
  name: 'itk_messages_total',
  help: 'Messages by queue and by what became of them',
  labelNames: ['queue', 'outcome'],
});

export const attempts = new Histogram({
  name: 'itk_attempts',
  help: 'How many times a message was tried before it was settled for good',
  labelNames: ['queue'],
  buckets: [1, 2, 3, 5, 8, 12],
});

export const publishedMessages = new Counter({
  name: 'itk_published_total',
  help: 'Events published and confirmed, by type',
  labelNames: ['type'],
});

export const unroutableMessages = new Counter({
  name: 'itk_unroutable_total',
  help: 'Messages that no queue took: each is an alarm',
  labelNames: ['key'],
});

export const publishersHeldBack = new Gauge({
  name: 'itk_broker_holds_back',
  help: 'Whether the broker takes no messages from this connection: 1 while its memory or its disk is short',
  labelNames: ['connection'],
});

export const journalGaps = new Counter({
  name: 'itk_journal_gaps_total',
  help: 'Events whose copy for the journal was lost',
});

export const batchSeconds = new Histogram({
  name: 'itk_batch_seconds',
  help: 'Time a handler took for one batch',
  labelNames: ['queue'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180],
});

export const batchSize = new Histogram({
  name: 'itk_batch_size',
  help: 'Messages in one batch',
  labelNames: ['queue'],
  buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
});

/** 1 consuming, 0 paused or standing by. */
export const consuming = new Gauge({
  name: 'itk_consuming',
  help: 'Whether this process takes messages from the queue',
  labelNames: ['queue'],
});
