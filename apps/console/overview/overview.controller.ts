import { Controller, Get, Inject } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Answers } from '../http/answers.js';
import { Pause } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { AskingBroker } from './asking-broker.js';
import { OverviewReader } from './overview-reader.js';
import { queueDepths } from './queues.js';
import { overviewSchema, queuesSchema, systemNamesSchema } from './schemas.js';

@Controller('api')
export class OverviewController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(AskingBroker) private readonly broker: AskingBroker,
    @Inject(OverviewReader) private readonly overview: OverviewReader,
  ) {}

  @Get('overview')
  @Permit('overview.see')
  @Answers('Is it well, and what waits for a person', overviewSchema)
  readOverview(@Who() { access }: Session) {
    return this.overview.read(access);
  }

  @Get('systems')
  @Permit('systems.names')
  @Answers('The systems (Moodle sites) by their names', systemNamesSchema)
  listSystems(@Who() { access }: Session) {
    return {
      systems: this.configuration.systems
        .filter(({ id }) => access.may('systems.names', id))
        .map(({ id: system, els, moodle }) => ({ system, els, moodle: moodle.url })),
    };
  }

  @Get('queues')
  @Permit('overview.see')
  @Answers('How many messages wait in each queue, and who reads it', queuesSchema)
  async listQueues(@Who() { access }: Session) {
    const ids = access.among(
      'overview.see',
      this.configuration.systems.map(({ id }) => id),
    );
    const asked = await this.broker.ask(async (broker) => ({
      queues: await queueDepths(broker, ids),
      heldBack: broker.heldBack ?? null,
    }));
    const pauses = await this.dataSource.getRepository(Pause).find({ order: { since: 'asc' } });
    return {
      time: new Date(),
      source: 'amqp' as const,
      ...asked,
      pauses: pauses.filter(({ system }) => ids.includes(system)),
    };
  }
}
