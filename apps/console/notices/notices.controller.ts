import { Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { CONFIGURATION, type Configuration } from '#platform';
import { Audit } from '../audit/audit.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { readNotices } from './read.js';
import { noticesQuery, noticesSchema, triedSchema } from './schemas.js';
import { channelsOf } from './sending/settings.js';
import { tryChannels } from './sending/try.js';
import { readStanding } from './standing/standing.js';

@Controller('api/notices')
export class NoticesController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Get()
  @Permit('overview.see')
  @Answers('What waits for a person, who was told of it and when, and what is wrong with the telling', noticesSchema)
  listNotices(@Query({ schema: noticesQuery }) page: z.infer<typeof noticesQuery>, @Who() { access }: Session) {
    return readNotices(this.dataSource, this.configuration, page, (system) => access.may('overview.see', system));
  }

  @Post('test')
  @Permit('notices.test')
  @Answers('Send a notice that says it is a test, by every channel', triedSchema)
  async testNotices(@Who() { login: by }: Session) {
    const channels = channelsOf(this.configuration);
    if (channels.length === 0)
      throw problems.refused(
        both(
          'В конфигурации некому сообщать: console.notices.mail или console.notices.webhook',
          'Nobody is configured to be told: console.notices.mail or console.notices.webhook',
        ),
      );
    const tried = await this.audit.of({ by, action: 'notices.test' }, async () =>
      tryChannels(channels, (await readStanding(this.dataSource, this.configuration)).length),
    );
    return { tried };
  }
}
