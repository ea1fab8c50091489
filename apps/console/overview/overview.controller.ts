import { Controller, Get, Inject } from '@nestjs/common';
import { Answers } from '#http-api';
import { CONFIGURATION, siteOf, waysOf, type Configuration } from '#platform';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { OverviewReader } from './overview-reader.js';
import { overviewSchema, systemNamesSchema } from './schemas.js';

@Controller('api')
export class OverviewController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
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
        .map(({ id: system, els, ...ways }) => ({ system, els, moodle: siteOf(ways), ...waysOf(ways) })),
    };
  }
}
