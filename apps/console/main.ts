import { startService } from '#platform';
import { ConsoleModule, service } from './console.module.js';
import { prepareHttp } from './http/prepare.js';

await startService({
  name: service,
  module: ConsoleModule,
  web: ({ console: { http } }) => http,
  prepare: prepareHttp,
});
