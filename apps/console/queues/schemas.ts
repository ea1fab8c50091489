import { z } from 'zod';
import { consumerNames } from '#contracts';
import { bilingual, lastKnown, moment } from '../http/schemas.js';
import { pauseSchema } from '../overview/schemas.js';

export const serviceName = z.enum(consumerNames);

const handSchema = z
  .object({
    process: z.string().describe('Its host, and a word of its own.'),
    version: z.string().describe("The product's version that it runs."),
    since: moment.describe('Since when it is there.'),
    state: z.string().describe('`consuming`: it is the one that takes messages; `paused`; `standby`.'),
    inHand: z.int(),
    oldest: moment.nullable().describe('Since when the oldest of them is under way.'),
    seen: moment,
    silent: z.boolean().describe('It has said nothing for a minute: it hangs, or it is gone.'),
  })
  .meta({ id: 'QueueReader' });

const serviceSchema = z
  .object({
    system: z.string(),
    service: serviceName,
    ready: z.int().nullable().describe('Messages that wait; null: there is no such queue.'),
    unacknowledged: z.int().nullable().describe('In the hands of consumers, as the broker counts; null: not known.'),
    consumers: z.int().nullable(),
    retry: z.int().describe('Messages that wait to be tried again.'),
    steps: z.array(z.object({ queue: z.string(), ready: z.int() })),
    dead: z.int().describe('Given up, and not yet drained by the console.'),
    missing: z.array(z.string()).describe('Queues that should be there.'),
    processes: z.array(handSchema),
    inHand: z.int().describe('As the processes say, a few seconds ago.'),
    oldest: moment.nullable().describe('Since when the oldest message in hand is under way.'),
    perMinute: z
      .object({ done: z.int(), retried: z.int(), dead: z.int() })
      .nullable()
      .describe('Of the last minute that was sampled; null: not known.'),
    pauses: z.array(pauseSchema),
  })
  .meta({ id: 'ServiceQueues' });

export const queueSchema = z
  .object({
    queue: z.string(),
    system: z.string(),
    service: z.string(),
    role: z.enum(['work', 'retry', 'dead', 'journal']),
    ready: z.int().optional().describe('Messages that wait. Absent: there is no such queue.'),
    unacknowledged: z.int().optional().describe('In the hands of consumers. Absent: AMQP does not tell them.'),
    consumers: z.int().optional(),
  })
  .meta({ id: 'Queue' });

export const queuesSchema = z
  .object({
    time: moment,
    ...lastKnown,
    source: z
      .enum(['management', 'amqp'])
      .nullable()
      .describe('Where the numbers come from; null: there are none yet.'),
    whyNot: bilingual.nullable().describe('Why not from the management API, though it is configured.'),
    services: z.array(serviceSchema),
    queues: z.array(queueSchema),
    pauses: z.array(pauseSchema),
    underWay: z.array(
      z
        .object({ system: z.string(), students: z.int(), oldest: moment.nullable() })
        .meta({ id: 'StudentsUnderWay' })
        .describe('Students whom 1C offered and of whom it has not yet been told.'),
    ),
    heldBack: z.string().nullable().describe('Why the broker takes no messages from the console; null: it does.'),
  })
  .meta({ id: 'Queues' });

const count = z.int().nullable();
export const historySchema = z
  .object({
    samples: z.array(
      z
        .object({
          time: moment,
          minutes: z.int().describe('1 within the last hour, 10 before.'),
          ready: count.describe('Of ten minutes the highest; so are the next three.'),
          inHand: count,
          retry: count,
          dead: count,
          done: count.describe('Settled in these minutes; null: not known.'),
          retried: count,
          died: count,
        })
        .meta({ id: 'QueueSample' }),
    ),
  })
  .meta({ id: 'QueueHistory' });
