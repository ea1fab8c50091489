import { RabbitServer } from '#messaging';
import { startService } from '#platform';
import { service } from './leading/leaders.js';
import { OnecPollerModule } from './onec-poller.module.js';

await startService({ name: service, module: OnecPollerModule, strategies: [RabbitServer] });
