import { migrating } from '#persistence';
import { startService } from '#platform';
import { ConsoleModule, service } from './console.module.js';
import { prepareHttp } from './http/prepare.js';
import { schema } from './ledger/schema.js';

await startService({
  name: service,
  module: ConsoleModule,
  migrate: migrating(schema),
  web: ({ console: { http } }) => http,
  prepare: prepareHttp,
});
