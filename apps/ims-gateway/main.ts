import { RabbitServer } from '#messaging';
import { startService } from '#platform';
import { ImsGatewayModule } from './ims-gateway.module.js';
import { service } from './window.js';

await startService({ name: service, module: ImsGatewayModule, strategies: [RabbitServer] });
