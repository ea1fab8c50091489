import { RabbitServer } from '#messaging';
import { startService } from '#platform';
import { service } from './outcome.handler.js';
import { SuccessReporterModule } from './success-reporter.module.js';

await startService({ name: service, module: SuccessReporterModule, strategies: [RabbitServer] });
