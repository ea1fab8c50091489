import { startService } from '#platform';
import { OnecComponentModule } from './onec-component.module.js';

await startService({ name: 'onec-component', module: OnecComponentModule, web: true });
