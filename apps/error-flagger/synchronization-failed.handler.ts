import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes } from '#contracts';
import { batch, type Answers, type BatchContext, type Delivery } from '#messaging';
import { reportHandler, ToldBook } from '#reporting';
import { SynchronizerClients } from '#synchronizer';
import { Flagger } from './flagger.js';
import { requestOf } from './rules/request.js';

export const service = 'error-flagger';

/** A student's own failure: 1C is told, so that the dean's office sees it and nobody tries in vain for a month. */
@Controller()
export class SynchronizationFailedHandler {
  private readonly answer: ReturnType<typeof reportHandler>;

  constructor(
    @Inject(Flagger) flagger: Flagger,
    @Inject(SynchronizerClients) clients: Pick<SynchronizerClients, 'find'>,
    @Inject(ToldBook) book: ToldBook,
  ) {
    this.answer = reportHandler({
      ...{ service, clients, book, requestOf },
      tell: (system, client, reports) => flagger.flag(system, client, reports),
    });
  }

  /** Each flag is a call of its own, and the infobase is ours while they last: no more than a few at a time. */
  @EventPattern<string>(eventTypes.SynchronizationFailed, batch({ size: 25, waitMs: 100 }))
  handle(@Payload() deliveries: Delivery[], @Ctx() { system }: BatchContext): Promise<Answers> {
    return this.answer(deliveries, system);
  }
}
