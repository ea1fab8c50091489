import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes, makeEvent, type CloudEvent } from '#contracts';
import { answers, batch, done, type Answers, type BatchContext, type Delivery } from '#messaging';
import { Counter } from '#platform';
import type { Change, Missing } from './intake/arrangement.js';
import { Provisionings } from './provisionings.js';

export const service = 'user-provisioner';

const worked = new Counter({
  name: 'itk_accounts_total',
  help: 'Persons whose account was worked on, by what came of it',
  labelNames: ['system', 'outcome'],
});

@Controller()
export class StudentChangedHandler {
  constructor(@Inject(Provisionings) private readonly provisionings: Provisionings) {}

  @EventPattern<string[]>([eventTypes.StudentChanged, eventTypes.AccountMissing], batch({ size: 200, waitMs: 20 }))
  async handle(@Payload() deliveries: Delivery[], @Ctx() { system }: BatchContext): Promise<Answers> {
    const { outcomes, follow, ends } = await this.provisionings
      .of(system)
      .run(deliveries.map(({ event }) => event as Change | Missing));
    const events = deliveries.map((): CloudEvent[] => []);
    for (const { data, index } of follow)
      events[index]!.push(
        makeEvent(eventTypes.UserProvisioned, data, { service, traceparent: deliveries[index]!.traceparent }),
      );
    for (const end of ends) worked.inc({ system, outcome: end });
    return answers(deliveries, (_, index) =>
      outcomes[index]!.kind === 'done' ? done(events[index]) : outcomes[index]!,
    );
  }
}
