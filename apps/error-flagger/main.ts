import { RabbitServer } from '#messaging';
import { migrating } from '#persistence';
import { startService } from '#platform';
import { ErrorFlaggerModule } from './error-flagger.module.js';
import { service } from './synchronization-failed.handler.js';
import { schema } from './ledger/schema.js';

await startService({
  name: service,
  module: ErrorFlaggerModule,
  migrate: migrating(schema),
  strategies: [RabbitServer],
});
