import { startService } from '#platform';
import { ConsoleModule, service } from './console.module.js';

await startService({ name: service, module: ConsoleModule });
