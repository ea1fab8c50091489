import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Configuration } from './configuration/schema.js';
import { HealthController } from './health/health.controller.js';
import { HealthSigns } from './health/health-signs.js';

/** Nest injection token of the {@link Configuration}. */
export const CONFIGURATION = Symbol('CONFIGURATION');

@Module({})
class PlatformModule {}

/** Global: the configuration, the health signs, /health/live, /health/ready and /metrics. `startService` imports it. */
export const platform = (configuration: Configuration): DynamicModule => ({
  module: PlatformModule,
  global: true,
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [{ provide: CONFIGURATION, useValue: configuration }, HealthSigns],
  exports: [CONFIGURATION, HealthSigns],
});
