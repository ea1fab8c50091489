import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes, makeEvent } from '#contracts';
import { batch, Publisher, type BatchContext, type Delivery, type Outcome } from '#messaging';
import { Counter } from '#platform';
import type { Change, Missing } from './arrangement.js';
import { Provisionings } from './provisionings.js';

const worked = new Counter({
  name: 'itk_accounts_total',
  help: 'Persons whose account was worked on, by what came of it',
  labelNames: ['system', 'did'],
});

@Controller()
export class StudentChangedHandler {
  constructor(
    @Inject(Provisionings) private readonly provisionings: Provisionings,
    @Inject(Publisher) private readonly publisher: Publisher,
  ) {}

  @EventPattern<string[]>([eventTypes.StudentChanged, eventTypes.AccountMissing], batch({ size: 200, waitMs: 20 }))
  async handle(@Payload() deliveries: Delivery[], @Ctx() { system }: BatchContext): Promise<Outcome[]> {
    const { outcomes, follow, did } = await this.provisionings
      .of(system)
      .run(deliveries.map(({ event }) => event as Change | Missing));
    const service = this.publisher.service;
    await this.publisher.publishAll(
      follow.map(({ data, at }) =>
        makeEvent(eventTypes.UserProvisioned, data, { service, traceparent: deliveries[at]!.traceparent }),
      ),
    );
    for (const what of did) worked.inc({ system, did: what });
    return outcomes;
  }
}
