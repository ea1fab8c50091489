import { Controller, Get, Inject } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { groupFailures } from '../failures/desk/overview.js';
import { Answers } from '../http/answers.js';
import { Pause } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { activityOf } from './activity.js';
import { AskingBroker } from './asking-broker.js';
import { queueDepths } from './queues.js';
import { overviewSchema, queuesSchema, systemNamesSchema } from './schemas.js';
import { isOnDuty, standingTroubles, statusOf } from './status.js';
import { hours, systemsTold } from './told.js';

const groupsShown = 10;
const troublesShown = 100;

@Controller('api')
export class OverviewController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(AskingBroker) private readonly broker: AskingBroker,
  ) {}

  @Get('overview')
  @Permit('overview.see')
  @Answers('Is it well, and what waits for a person', overviewSchema)
  async readOverview(@Who() { access }: Session) {
    const systems = this.configuration.systems.filter(({ id }) => access.may('overview.see', id));
    const ids = systems.map(({ id }) => id);
    const [onDuty, statuses, activity, groups, troubles, running] = await Promise.all([
      isOnDuty(this.dataSource),
      statusOf(this.dataSource, ids),
      activityOf(this.dataSource, hours),
      groupFailures(this.dataSource, { systems: ids, states: ['open'] }),
      standingTroubles(this.dataSource, ids),
      this.replaysRunning(),
    ]);
    return {
      time: new Date(),
      onDuty,
      hoursFrom: activity.from,
      systems: systemsTold(systems, statuses, activity),
      waiting: groups.slice(0, groupsShown),
      waitingGroups: groups.length,
      troubles: troubles.slice(0, troublesShown),
      troubleCount: troubles.length,
      replaysRunning: running,
    };
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

  private async replaysRunning(): Promise<number> {
    const [row] = (await this.dataSource.query(
      `select count(*)::int as number from console.replays where state = 'running'`,
    )) as { number: number }[];
    return row!.number;
  }
}
