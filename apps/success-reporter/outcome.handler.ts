import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes } from '#contracts';
import {
  batch,
  done,
  outcomeOf,
  Publisher,
  superseded,
  type BatchContext,
  type Delivery,
  type Outcome,
} from '#messaging';
import { concluded, flagsPerCall, SynchronizerClients } from '#synchronizer';
import { meaningOf } from './meaning.js';
import { Reporter } from './reporter.js';

export const service = 'success-reporter';

const asksOf = { word: 'word', unheard: 'freePlace', notOurs: 'nothing' } as const;

/** A student is through, or not for now: 1C is told, then the place in the window is free. */
@Controller()
export class OutcomeHandler {
  constructor(
    @Inject(Reporter) private readonly reporter: Reporter,
    @Inject(SynchronizerClients) private readonly clients: SynchronizerClients,
    @Inject(Publisher) private readonly publisher: Publisher,
  ) {}

  @EventPattern<string[]>(
    [eventTypes.StudentSynchronized, eventTypes.SynchronizationFailed],
    batch({ size: flagsPerCall, waitMs: 250 }),
  )
  async handle(@Payload() deliveries: Delivery[], @Ctx() context: BatchContext): Promise<Outcome[]> {
    const { system, client } = this.clients.of(context.system);
    const meanings = deliveries.map(({ event }) => meaningOf(event));
    const words = meanings.flatMap((meaning) => (meaning.is === 'word' ? meaning.word : []));
    const hearings = words.length === 0 ? [] : await this.reporter.report(system, client, words);

    const { ends, reports } = concluded(
      meanings.map((meaning, index) => ({
        asks: asksOf[meaning.is],
        of: deliveries[index]!.event.data as { code: string; revision: number },
        traceparent: deliveries[index]!.traceparent,
      })),
      hearings,
      { system: system.id, service },
    );
    await this.publisher.publishAll(reports);
    return ends.map((end) =>
      end.is === 'refused' ? outcomeOf(end.failure) : end.is === 'superseded' ? superseded() : done(),
    );
  }
}
