import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { eventTypes } from '#contracts';
import { answers, batch, done, type Answers, type BatchContext, type Delivery } from '#messaging';
import { Leaders } from './leading/leaders.js';
import { PostgresWindowLedger } from './ledger/ledger.js';

/** 1C was told of a student, or will not be: the place in the window is free. */
@Controller()
export class StudentReportedHandler {
  constructor(
    @Inject(PostgresWindowLedger) private readonly ledger: PostgresWindowLedger,
    @Inject(Leaders) private readonly leaders: Leaders,
  ) {}

  @EventPattern<string>(eventTypes.StudentReported, batch({ size: 200, waitMs: 50 }))
  async handle(
    @Payload() deliveries: Delivery<typeof eventTypes.StudentReported>[],
    @Ctx() { system }: BatchContext,
  ): Promise<Answers> {
    await this.ledger.reported(
      system,
      deliveries.map(({ event: { data } }) => ({ code: data.code, revision: data.revision })),
    );
    this.leaders.wake(system);
    return answers(deliveries, () => done());
  }
}
