import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes } from '#contracts';
import {
  answers,
  batch,
  done,
  outcomeOf,
  superseded,
  type Answers,
  type BatchContext,
  type Delivery,
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
  ) {}

  @EventPattern<string[]>(
    [eventTypes.StudentSynchronized, eventTypes.SynchronizationFailed],
    batch({ size: flagsPerCall, waitMs: 250 }),
  )
  async handle(@Payload() deliveries: Delivery[], @Ctx() context: BatchContext): Promise<Answers> {
    const { system, client } = this.clients.of(context.system);
    const meanings = deliveries.map(({ event }) => meaningOf(event));
    const words = meanings.flatMap((meaning) => (meaning.is === 'word' ? meaning.word : []));
    const hearings = words.length === 0 ? [] : await this.reporter.report(system, client, words);

    const conclusions = concluded(
      meanings.map((meaning, index) => ({
        asks: asksOf[meaning.is],
        of: deliveries[index]!.event.data as { code: string; revision: number },
        traceparent: deliveries[index]!.traceparent,
      })),
      hearings,
      { system: system.id, service },
    );
    return answers(deliveries, (_, index) => {
      const { end, follow } = conclusions[index]!;
      if (end.is === 'refused') return outcomeOf(end.failure);
      return end.is === 'superseded' ? superseded() : done(follow);
    });
  }
}
