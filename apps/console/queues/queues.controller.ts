import { Controller, Get, Inject, Param } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { In, type DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers } from '#http-api';
import { Pause } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { LastKnown } from '../http/known/last-known.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { systemCalled } from '../systems/known-systems.js';
import { systemId } from '../systems/schemas.js';
import { AskingBroker } from './asking-broker.js';
import { lookAtQueues, type Looked } from './depths/look.js';
import { consumersOf } from './hands.js';
import { QueueHistory } from './history/history.js';
import { minute } from './history/roll-up.js';
import { historySchema, queuesSchema, serviceName } from './schemas.js';
import { servicesOf } from './services.js';
import { Windows } from './under-way.js';

/** A sample that is older says nothing of now. */
const sampleFresh = 3 * minute;
/** Milliseconds. Pages ask every five seconds. */
const lookGoodFor = 2_000;

@Controller('api')
export class QueuesController {
  private readonly history: QueueHistory;
  private readonly windows: Windows;
  private readonly looks: LastKnown<Looked>;

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(AskingBroker) private readonly broker: AskingBroker,
  ) {
    this.history = new QueueHistory(dataSource);
    this.windows = new Windows(dataSource);
    const systems = configuration.systems.map(({ id }) => id);
    this.looks = new LastKnown(
      () => lookAtQueues(configuration.broker, systems, (work) => this.broker.ask(work)),
      lookGoodFor,
    );
  }

  @Get('queues')
  @Permit('overview.see')
  @Answers('What waits for each service, what it has in hand, who reads, and what holds it up', queuesSchema)
  async listQueues(@Who() { access }: Session): Promise<z.input<typeof queuesSchema>> {
    const systems = access.among(
      'overview.see',
      this.configuration.systems.map(({ id }) => id),
    );
    const time = new Date();
    const [{ value: looked, ...asked }, consumers, samples, pauses, underWay] = await Promise.all([
      this.looks.newest(),
      consumersOf(this.dataSource, systems),
      this.history.newest(systems, new Date(time.getTime() - sampleFresh)),
      this.dataSource.getRepository(Pause).find({ where: { system: In(systems) }, order: { since: 'asc' } }),
      this.windows.of(systems),
    ]);
    const { source = null, whyNot = null, depths: all = [] } = looked ?? {};
    const depths = all.filter(({ system }) => systems.includes(system));
    return {
      ...{ ...asked, time, source, whyNot, underWay, heldBack: this.broker.heldBack ?? null },
      services: servicesOf(systems, depths, { consumers, samples, pauses, now: time.getTime() }),
      queues: depths,
      pauses,
    };
  }

  @Get('systems/:system/queues/:service/history')
  @Permit('overview.see')
  @Answers('A day of one queue: each minute of the last hour, ten minutes at a time before', historySchema)
  async readHistory(
    @Param('system', { schema: systemId }) id: string,
    @Param('service', { schema: serviceName }) service: z.infer<typeof serviceName>,
  ) {
    const { id: system } = systemCalled(this.configuration, id);
    return { samples: await this.history.of(system, service) };
  }
}
