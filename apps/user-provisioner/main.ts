import { RabbitServer } from '#messaging';
import { migrating } from '#persistence';
import { startService } from '#platform';
import { service } from './student-changed.handler.js';
import { UserProvisionerModule } from './user-provisioner.module.js';
import { schema } from './ledger/schema.js';

await startService({
  name: service,
  module: UserProvisionerModule,
  migrate: migrating(schema),
  strategies: [RabbitServer],
});
