import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Configuration } from './configuration/schema.js';
import { HealthController } from './health/health.controller.js';
import { HealthSigns } from './health/health-signs.js';

/** Nest injection token of the {@link Configuration}. */
export const CONFIGURATION = Symbol('CONFIGURATION');

@Module({})
class PlatformModule {}

@Module({})
class HealthModule {}

/** /health/live, /health/ready and /metrics: an application of its own, beside what the service serves to others. */
export const health = (signs: HealthSigns): DynamicModule => ({
  module: HealthModule,
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [{ provide: HealthSigns, useValue: signs }],
});

/** Global: the configuration and the health signs. `startService` imports it. */
export const platform = (configuration: Configuration): DynamicModule => ({
  module: PlatformModule,
  global: true,
  providers: [{ provide: CONFIGURATION, useValue: configuration }, HealthSigns],
  exports: [CONFIGURATION, HealthSigns],
});
