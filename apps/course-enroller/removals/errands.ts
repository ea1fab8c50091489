import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { eventTypes, makeEvent } from '#contracts';
import type { Publisher } from '#messaging';
import type { ErrandOf } from '#persistence';
import { log } from '#platform';
import { service } from '../enroller.js';
import { raiseHeldRemovals } from './held.js';
import { RemovalLedger, type HeldRemoval } from '../ledger/removal-ledger.js';

const payloadSchema = z.object({
  courses: z.array(z.int()).optional(),
  codes: z.array(z.string()).optional(),
  why: z.string().default(''),
});

/** More than a person reads. */
const listedAtMost = 1_000;

export interface Decided {
  number: number;
  /** Stays with the errand, beside who asked for it and when. */
  why: string;
}

/**
 * What an operator decides of held suspensions. A release only says so in the ledger and puts the students in the queue:
 * there each is worked on as always, by the one who works on this system, and looked at anew. May be repeated.
 */
export function removalErrands(
  dataSource: DataSource,
  publisher: Pick<Publisher, 'publishAll'>,
): Record<string, (errand: ErrandOf) => Promise<unknown>> {
  const asked = ({ system, payload }: ErrandOf) => ({
    system: system ?? '',
    ledger: new RemovalLedger(dataSource, system ?? ''),
    selection: payloadSchema.parse(payload ?? {}),
  });
  const decided = async (system: string, what: string, by: string, decision: Decided): Promise<Decided> => {
    log('Removals').info(`held suspensions are ${what}`, { system, by, ...decision });
    await raiseHeldRemovals(system, dataSource);
    return decision;
  };
  return {
    'list-removals': async (errand): Promise<{ waiting: number; held: HeldRemoval[] }> => {
      const { ledger, selection } = asked(errand);
      return { waiting: await ledger.waiting(), held: await ledger.list(selection, listedAtMost) };
    },
    'release-removals': async (errand): Promise<Decided> => {
      const { system, ledger, selection } = asked(errand);
      const { number, codes } = await ledger.release(selection);
      await publisher.publishAll(
        codes.map((code) => makeEvent(eventTypes.EnrolmentDue, { system, code }, { service })),
      );
      return decided(system, 'released', errand.by, { number, why: selection.why });
    },
    'discard-removals': async (errand): Promise<Decided> => {
      const { system, ledger, selection } = asked(errand);
      return decided(system, 'discarded', errand.by, { number: await ledger.discard(selection), why: selection.why });
    },
  };
}
