import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { consumers } from '#contracts';
import { batch, type Answers, type BatchContext, type Delivery } from '#messaging';
import { Enrollers } from './enrollers.js';

/** All three events in one batch, so that a UserProvisioned covers an EnrolmentDue beside it. */
@Controller()
export class UserProvisionedHandler {
  constructor(@Inject(Enrollers) private readonly enrollers: Enrollers) {}

  @EventPattern<string[]>([...consumers['course-enroller']], batch({ size: 200, waitMs: 20 }))
  handle(@Payload() deliveries: Delivery[], @Ctx() { system }: BatchContext): Promise<Answers> {
    return this.enrollers.of(system).handle(deliveries);
  }
}
