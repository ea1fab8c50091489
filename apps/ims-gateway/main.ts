import { RabbitServer } from '#messaging';
import { migrating } from '#persistence';
import { startService } from '#platform';
import { ImsGatewayModule } from './ims-gateway.module.js';
import { schema } from './ledger/schema.js';
import { service } from './window.js';

await startService({
  name: service,
  module: ImsGatewayModule,
  migrate: migrating(schema),
  strategies: [RabbitServer],
});
