import { z } from 'zod';
import { bilingual, limit, moment } from '../http/schemas.js';
import { changes } from './rules/tell.js';
import { channelNames } from './sending/channels.js';
import { troubleKinds } from './trouble.js';

const channel = z.enum(channelNames);
const trouble = z.object({ what: bilingual, mend: bilingual, since: moment }).meta({ id: 'TellingTrouble' }).nullable();

const standingFields = {
  key: z.string().describe('The same as long as it is the same trouble.'),
  kind: z.enum(troubleKinds),
  system: z.string().describe('Empty: it concerns no one system.'),
  number: z.int().describe('How large it is: ten times as large is told again.'),
  since: z.iso.datetime(),
  page: z.string().describe('The page that shows it.'),
  text: bilingual,
};

/** Of what stands, and of what was told. */
export const noticesQuery = z.object({
  from: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('Of what stands: so many are passed over.'),
  limit,
});

export const noticesSchema = z
  .object({
    zone: z.string().describe('In which quiet hours are meant.'),
    quietHours: z.object({ from: z.string(), until: z.string() }).nullable(),
    channels: z
      .array(
        z
          .object({
            channel,
            to: z.array(z.string()).describe('Addresses of mail; of a webhook the machine alone.'),
            lastSent: moment.nullable(),
            trouble: trouble.describe('Why notices do not arrive.'),
          })
          .meta({ id: 'NoticeChannel' }),
      )
      .describe('By which people are told. Empty: nobody is.'),
    heartbeat: z
      .object({
        to: z.string().describe('The machine of the outside watch.'),
        every: z.string(),
        lastCalled: moment.nullable(),
        trouble: trouble.describe('Why it is not called.'),
      })
      .meta({ id: 'Heartbeat' })
      .nullable(),
    standing: z
      .array(
        z
          .object({ ...standingFields, told: z.boolean().describe('False: not yet, or there is nobody to be told.') })
          .meta({ id: 'StandingTrouble' }),
      )
      .describe('What waits for a person now: those of the page that was asked for.'),
    standingTotal: z.int().describe('Of all pages.'),
    notices: z
      .array(
        z
          .object({
            id: z.string(),
            time: moment,
            items: z
              .array(z.object({ change: z.enum(changes), ...standingFields }).meta({ id: 'NoticeItem' }))
              .describe('The first ten.'),
            more: z.int().describe('Items beyond these.'),
            deliveries: z.array(
              z
                .object({
                  channel,
                  attempts: z.int(),
                  sentAt: moment.nullable(),
                  givenUpAt: moment.nullable(),
                  nextAt: moment.describe('When it is tried again, where it was neither sent nor given up.'),
                  reason: bilingual.nullable().describe('Why it did not go the last time, or whom it did not reach.'),
                })
                .meta({ id: 'NoticeDelivery' }),
            ),
          })
          .meta({ id: 'Notice' }),
      )
      .describe('What was told, the newest twenty, newest first.'),
  })
  .meta({ id: 'Notices' });

export const triedSchema = z
  .object({
    tried: z.array(
      z
        .object({
          channel,
          to: z.array(z.string()),
          failure: bilingual.nullable().describe('Null: it went.'),
        })
        .meta({ id: 'ChannelTried' }),
    ),
  })
  .meta({ id: 'NoticesTried' });
