import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes, type CloudEvent } from '#contracts';
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
import { reportOf, SynchronizerClients } from '#synchronizer';
import { Flagger } from './flagger.js';
import { meaningOf } from './meaning.js';

export const service = 'error-flagger';

/** A student's own failure: 1C is told, so that the dean's office sees it and nobody tries in vain for a month. */
@Controller()
export class SynchronizationFailedHandler {
  constructor(
    @Inject(Flagger) private readonly flagger: Flagger,
    @Inject(SynchronizerClients) private readonly clients: SynchronizerClients,
    @Inject(Publisher) private readonly publisher: Publisher,
  ) {}

  /** Each flag is a call of its own, and the infobase is ours while they last: no more than a few at a time. */
  @EventPattern<string>(eventTypes.SynchronizationFailed, batch({ size: 25, waitMs: 100 }))
  async handle(
    @Payload() deliveries: Delivery<typeof eventTypes.SynchronizationFailed>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    const { system, client } = this.clients.of(context.system);
    const meanings = deliveries.map(({ event }) => meaningOf(event.data));
    const wordsOf = (is: 'flag' | 'flaggedBy1C') =>
      meanings.flatMap((meaning) => (meaning.is === is ? meaning.word : []));
    const [toFlag, by1C] = [wordsOf('flag'), wordsOf('flaggedBy1C')];
    // A trial that asks 1C nothing would prove nothing.
    if (context.trial && toFlag.length === 0) await client.probe();
    if (by1C.length > 0) await this.flagger.noteFlaggedBy1C(system, client, by1C);
    const hearings = toFlag.length === 0 ? [] : await this.flagger.flag(system, client, toFlag);

    const reports: CloudEvent[] = [];
    let next = 0;
    const outcomes = meanings.map((meaning, index): Outcome => {
      if (meaning.is === 'notOurs') return done();
      const of = { system: system.id, code: meaning.word.code, revision: meaning.word.revision };
      const from = { service, traceparent: deliveries[index]!.traceparent };
      if (meaning.is === 'flaggedBy1C') {
        reports.push(reportOf(of, { told: 'nothing' }, from));
        return done();
      }
      const hearing = hearings[next++]!;
      if (hearing.is === 'superseded') return superseded();
      if (hearing.is === 'refused') return outcomeOf(hearing.failure);
      reports.push(reportOf(of, hearing, from));
      return done();
    });
    await this.publisher.publishAll(reports);
    return outcomes;
  }
}
