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
import { concluded, SynchronizerClients } from '#synchronizer';
import { Flagger } from './flagger.js';
import { meaningOf } from './meaning.js';

export const service = 'error-flagger';

const asksOf = { flag: 'word', flaggedBy1C: 'freePlace', notOurs: 'nothing' } as const;

/** A student's own failure: 1C is told, so that the dean's office sees it and nobody tries in vain for a month. */
@Controller()
export class SynchronizationFailedHandler {
  constructor(
    @Inject(Flagger) private readonly flagger: Flagger,
    @Inject(SynchronizerClients) private readonly clients: SynchronizerClients,
  ) {}

  /** Each flag is a call of its own, and the infobase is ours while they last: no more than a few at a time. */
  @EventPattern<string>(eventTypes.SynchronizationFailed, batch({ size: 25, waitMs: 100 }))
  async handle(
    @Payload() deliveries: Delivery<typeof eventTypes.SynchronizationFailed>[],
    @Ctx() context: BatchContext,
  ): Promise<Answers> {
    const { system, client } = this.clients.of(context.system);
    const meanings = deliveries.map(({ event }) => meaningOf(event.data));
    const wordsOf = (is: 'flag' | 'flaggedBy1C') =>
      meanings.flatMap((meaning) => (meaning.is === is ? meaning.word : []));
    const [toFlag, by1C] = [wordsOf('flag'), wordsOf('flaggedBy1C')];
    if (by1C.length > 0) await this.flagger.noteFlaggedBy1C(system, client, by1C);
    const hearings = toFlag.length === 0 ? [] : await this.flagger.flag(system, client, toFlag);

    const conclusions = concluded(
      meanings.map((meaning, index) => ({
        asks: asksOf[meaning.is],
        of: deliveries[index]!.event.data,
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
