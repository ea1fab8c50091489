import { RabbitServer } from '#messaging';
import { migrating } from '#persistence';
import { startService } from '#platform';
import { service } from './outcome.handler.js';
import { SuccessReporterModule } from './success-reporter.module.js';
import { schema } from './ledger/schema.js';

await startService({
  name: service,
  module: SuccessReporterModule,
  migrate: migrating(schema),
  strategies: [RabbitServer],
});
