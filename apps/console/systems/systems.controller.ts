import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers } from '#http-api';
import { Audit } from '../audit/audit.js';
import { Examinations, ground } from '../doctor/examinations.js';
import { activityOf } from '../overview/activity.js';
import { standingTroubles, statusOf } from '../overview/status.js';
import { hours, systemsTold } from '../overview/told.js';
import { Pause } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { Windows } from '../queues/under-way.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { freshnessOf } from './freshness/last-come.js';
import { passOf } from './pass/pass.js';
import { PassReader } from './pass/pass-reader.js';
import { systemCalled } from './known-systems.js';
import { begunSchema, examinationsSchema, passSchema, systemId, systemSchema } from './schemas.js';

@Controller('api')
export class SystemsController {
  private readonly passes: PassReader;
  private readonly windows: Windows;

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Examinations) private readonly examinations: Examinations,
    @Inject(Audit) private readonly audit: Audit,
  ) {
    this.passes = new PassReader(dataSource, configuration);
    this.windows = new Windows(dataSource);
  }

  @Get('systems/:system')
  @Permit('overview.see')
  @Answers('One system: its state, and what services have found', systemSchema)
  async readSystem(@Param('system', { schema: systemId }) id: string) {
    const system = systemCalled(this.configuration, id);
    const [statuses, activity, fresh, troubles] = await Promise.all([
      statusOf(this.dataSource, [id]),
      activityOf(this.dataSource, hours),
      freshnessOf(this.dataSource, this.configuration),
      standingTroubles(this.dataSource, [id]),
    ]);
    return { status: systemsTold([system], statuses, activity, fresh)[0], hoursFrom: activity.from, troubles };
  }

  @Get('systems/:system/pass')
  @Permit('overview.see')
  @Answers('How far the pass is: how many are left, how fast it goes, who is under way', passSchema)
  async readPass(@Param('system', { schema: systemId }) id: string): Promise<z.input<typeof passSchema>> {
    const { window } = systemCalled(this.configuration, id);
    const [counted, perMinute, paused, [underWay]] = await Promise.all([
      this.passes.counted(id),
      this.passes.perMinute(id),
      this.dataSource.getRepository(Pause).existsBy({ system: id }),
      this.windows.of([id]),
    ]);
    const { value, ...read } = counted ?? { readAt: null, askedSince: null, trouble: null };
    const { students, oldest } = underWay!;
    const counts = counted !== undefined;
    return { ...read, counts, ...passOf(value, perMinute, paused), underWay: students, oldest, window };
  }

  @Get('examinations')
  @Permit('overview.see')
  @Answers('What the doctors have found, system by system and in what all stand on', examinationsSchema)
  async listExaminations(@Who() { access }: Session) {
    const systems = this.configuration.systems.map(({ id }) => id);
    return { examinations: await this.examinations.list([ground, ...access.among('overview.see', systems)]) };
  }

  @Post('systems/:system/examination')
  @Permit('failures.mend')
  @Answers('Examine a system now; what is found stands in the list when it has ended', begunSchema, 202)
  async examineSystem(@Param('system', { schema: systemId }) id: string, @Who() { login: by }: Session) {
    const { id: system } = systemCalled(this.configuration, id);
    return this.begin(system, by);
  }

  @Post('examination')
  @Permit('failures.mend')
  @Answers('Examine what all systems stand on: database, broker, queues, services', begunSchema, 202)
  examineGround(@Who() { login: by }: Session) {
    return this.begin(ground, by);
  }

  private async begin(system: string, by: string) {
    const { begun } = await this.audit.of({ by, action: 'system.examine', system: system || undefined }, () =>
      this.examinations.begin(system, by),
    );
    return { begun };
  }
}
