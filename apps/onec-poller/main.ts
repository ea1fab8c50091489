import { RabbitServer } from '#messaging';
import { migrating } from '#persistence';
import { startService } from '#platform';
import { service } from './leading/leaders.js';
import { OnecPollerModule } from './onec-poller.module.js';
import { schema } from './ledger/schema.js';

await startService({ name: service, module: OnecPollerModule, migrate: migrating(schema), strategies: [RabbitServer] });
