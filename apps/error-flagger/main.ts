import { RabbitServer } from '#messaging';
import { startService } from '#platform';
import { ErrorFlaggerModule } from './error-flagger.module.js';
import { service } from './synchronization-failed.handler.js';

await startService({ name: service, module: ErrorFlaggerModule, strategies: [RabbitServer] });
