import { z } from 'zod';
import { failureKinds } from '#contracts';
import { groupSchema } from '../failures/api/schemas.js';
import { bilingual, moment, shortText } from '../http/schemas.js';

export const pauseSchema = z
  .object({
    system: z.string(),
    service: z.string(),
    kind: z
      .enum(['outage', 'configuration', 'person', 'broker'])
      .describe('`person`: only a person ends it. The others end by themselves.'),
    reason: bilingual,
    cure: bilingual.nullable(),
    by: z.string(),
    since: moment,
  })
  .meta({ id: 'Pause' });

export const troubleSchema = z
  .object({
    service: z.string(),
    system: z.string().describe('Empty: it concerns no one system.'),
    check: z.string(),
    about: shortText.describe("A student's code, or a place."),
    what: bilingual,
    mend: bilingual,
    since: moment,
  })
  .meta({ id: 'Trouble' });

/** Who tells of a system's students, and how its Moodle is written to. */
export const waysSchema = {
  fedBy: z
    .array(z.enum(['onec', 'files']))
    .describe('Who tells of its students: 1C, or files of IMS Enterprise; what comes first counts where both do.'),
  writtenBy: z
    .enum(['calls', 'file'])
    .describe('`file`: Moodle takes a file by itself, and nobody can be asked what stands there.'),
};

export const systemStatusSchema = z
  .object({
    system: z.string(),
    els: z.string().describe("1C's name of it."),
    moodle: z.string().describe('Address of the site.'),
    ...waysSchema,
    pauses: z.array(pauseSchema),
    students: z
      .object({ known: z.int(), synchronized: z.int(), failed: z.int() })
      .describe('By their newest outcome; who has none yet is only known.'),
    open: z.partialRecord(z.enum(failureKinds), z.int()).describe('Failures that wait for a person, by kind.'),
    replaying: z.int(),
    lastReported: moment.nullable().describe('The last word that 1C was told.'),
    lastCame: moment.nullable().describe('When something came of it last; null: nothing ever has.'),
    silentHours: z
      .int()
      .nullable()
      .describe('Nothing has come for longer than it should: for so many business hours. Null: it is fresh enough.'),
    missing: z.int().describe('Events that never reached the journal.'),
    perMinute: z.number().describe('Outcomes a minute, over the last five.'),
    byHour: z
      .object({ synchronized: z.array(z.int()), failed: z.array(z.int()) })
      .describe('Outcomes of the last day: 24 numbers, the last one of the present hour.'),
  })
  .meta({ id: 'SystemStatus' });

export const overviewSchema = z
  .object({
    time: moment,
    onDuty: z.boolean().describe('A console drains dead letters and works replays off.'),
    hoursFrom: moment.describe('When the first of the hours begins.'),
    systems: z.array(systemStatusSchema),
    waiting: z
      .array(groupSchema.omit({ trend: true }).meta({ id: 'WaitingGroup' }))
      .describe('Causes that wait for a person, the largest ten.'),
    waitingGroups: z.int().describe('All of them.'),
    troubles: z.array(troubleSchema).describe('What services have found and no message carries, the first hundred.'),
    troubleCount: z.int(),
    replaysRunning: z.int(),
  })
  .meta({ id: 'Overview' });

export const systemNamesSchema = z
  .object({
    systems: z.array(
      z.object({ system: z.string(), els: z.string(), moodle: z.string(), ...waysSchema }).meta({ id: 'SystemName' }),
    ),
  })
  .meta({ id: 'SystemNames' });
