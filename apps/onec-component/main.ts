import { migrating } from '#persistence';
import { startService } from '#platform';
import { OnecComponentModule } from './onec-component.module.js';
import { schema } from './ledger/schema.js';

await startService({ name: 'onec-component', module: OnecComponentModule, migrate: migrating(schema), web: true });
