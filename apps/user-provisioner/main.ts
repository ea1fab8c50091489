import { RabbitServer } from '#messaging';
import { startService } from '#platform';
import { service } from './student-changed.handler.js';
import { UserProvisionerModule } from './user-provisioner.module.js';

await startService({ name: service, module: UserProvisionerModule, strategies: [RabbitServer] });
