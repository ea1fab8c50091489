import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { consumers, eventTypes, isOfType, type CloudEvent } from '#contracts';
import { answers, batch, done, type Answers, type BatchContext, type Delivery } from '#messaging';
import { noteOutcomes, type Ended } from './ledger/outcomes.js';
import { service } from './window.js';

/** How a person whom a file has brought ended; undefined: it came from elsewhere. */
export function endedIn(event: CloudEvent): Ended | undefined {
  if (isOfType(event, eventTypes.StudentSynchronized)) {
    const { origin, code, revision } = event.data;
    return origin === 'ims' ? { code, revision, state: 'done' } : undefined;
  }
  if (!isOfType(event, eventTypes.SynchronizationFailed)) return undefined;
  const { origin, code, revision, stage, cause, reason } = event.data;
  // What this service itself could not take in says nothing of a person, and would go round in a circle.
  return origin === 'ims' && stage !== service ? { code, revision, state: 'failed', cause, reason } : undefined;
}

/** The place in the window is free, and the records of the files know how it ended. */
@Controller()
export class OutcomeHandler {
  constructor(@Inject(getDataSourceToken()) private readonly dataSource: DataSource) {}

  @EventPattern<string[]>([...consumers['ims-gateway']], batch({ size: 200, waitMs: 50 }))
  async handle(@Payload() deliveries: Delivery[], @Ctx() { system }: BatchContext): Promise<Answers> {
    await noteOutcomes(
      this.dataSource,
      system,
      deliveries.flatMap(({ event }) => endedIn(event) ?? []),
    );
    return answers(deliveries, () => done());
  }
}
