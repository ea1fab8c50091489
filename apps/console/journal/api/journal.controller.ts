import { Controller, Get, Inject, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, problems } from '#http-api';
import { CONFIGURATION, type Configuration } from '#platform';
import { givenMark } from '../../http/mark.js';
import { Permit } from '../../permissions/permit.js';
import type { Session } from '../../session/sessions.js';
import { Who } from '../../session/who.js';
import { pageOfJournal } from './page.js';
import { journalQuery, journalSchema } from './schemas.js';

@Controller('api/journal')
export class JournalController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Get()
  @Permit('failures.see')
  @Answers('Events as they came, newest first; they hold no names', journalSchema)
  listJournal(
    @Query({ schema: journalQuery }) { system, ...asked }: z.infer<typeof journalQuery>,
    @Who() { access }: Session,
  ) {
    if (system !== undefined && !access.may('failures.see', system)) throw problems.notPermitted();
    const all = this.configuration.systems.map(({ id }) => id);
    const systems = system === undefined ? access.among('failures.see', all) : [system];
    return pageOfJournal(this.dataSource, { ...asked, systems, after: givenMark(asked.after) });
  }
}
