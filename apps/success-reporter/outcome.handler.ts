import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes } from '#contracts';
import { batch, type Answers, type BatchContext, type Delivery } from '#messaging';
import { flagsPerCall, reportHandler, ToldBook } from '#reporting';
import { SynchronizerClients } from '#synchronizer';
import { Reporter } from './reporter.js';
import { requestOf } from './rules/request.js';

export const service = 'success-reporter';

/** A student is through, or not for now: 1C is told, then the place in the window is free. */
@Controller()
export class OutcomeHandler {
  private readonly answer: ReturnType<typeof reportHandler>;

  constructor(
    @Inject(Reporter) reporter: Reporter,
    @Inject(SynchronizerClients) clients: SynchronizerClients,
    @Inject(ToldBook) book: ToldBook,
  ) {
    this.answer = reportHandler({
      ...{ service, clients, book, requestOf },
      tell: (system, client, reports) => reporter.report(system, client, reports),
    });
  }

  @EventPattern<string[]>(
    [eventTypes.StudentSynchronized, eventTypes.SynchronizationFailed],
    batch({ size: flagsPerCall, waitMs: 250 }),
  )
  handle(@Payload() deliveries: Delivery[], @Ctx() { system }: BatchContext): Promise<Answers> {
    return this.answer(deliveries, system);
  }
}
