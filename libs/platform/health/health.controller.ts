import { Controller, Get, Header, Inject } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { register } from '../metrics.js';
import { HealthSigns } from './health-signs.js';

@Controller()
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(HealthSigns) private readonly signs: HealthSigns,
  ) {}

  /** Answers as long as the event loop turns. Nothing else is asked: a restart would not mend a database. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 when a sign is down. A paused consumer is ready: it says `paused`; what ails says so. */
  @Get('health/ready')
  async ready(): Promise<HealthCheckResult> {
    const signs = await this.signs.read();
    return this.health.check(
      signs.map(({ name, sign }) => () => {
        const indicator = this.indicators.check(name);
        if (sign === 'up') return indicator.up();
        if (sign === 'paused') return indicator.up({ state: 'paused' });
        return 'ailing' in sign ? indicator.up({ state: 'ailing', message: sign.ailing }) : indicator.down(sign.down);
      }),
    );
  }

  @Get('metrics')
  @Header('content-type', register.contentType)
  metrics(): Promise<string> {
    return register.metrics();
  }
}
