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
import { flagsPerCall, reportOf, SynchronizerClients, type Hearing } from '#synchronizer';
import { meaningOf } from './meaning.js';
import { Reporter } from './reporter.js';

export const service = 'success-reporter';

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
    // A trial that asks 1C nothing would prove nothing.
    if (context.trial && words.length === 0) await client.probe();
    const hearings = words.length === 0 ? [] : await this.reporter.report(system, client, words);

    const reports: CloudEvent[] = [];
    let next = 0;
    const outcomes = meanings.map((meaning, index): Outcome => {
      const { event, traceparent } = deliveries[index]!;
      const of = event.data as { code: string; revision: number };
      const from = { service, traceparent };
      if (meaning.is === 'notOurs') return done();
      if (meaning.is === 'unheard') {
        reports.push(reportOf({ ...of, system: system.id }, { told: 'nothing' }, from));
        return done();
      }
      const hearing: Hearing = hearings[next++]!;
      if (hearing.is === 'superseded') return superseded();
      if (hearing.is === 'refused') return outcomeOf(hearing.failure);
      reports.push(reportOf({ ...of, system: system.id }, hearing, from));
      return done();
    });
    await this.publisher.publishAll(reports);
    return outcomes;
  }
}
