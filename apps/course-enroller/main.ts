import { RabbitServer } from '#messaging';
import { migrating } from '#persistence';
import { startService } from '#platform';
import { CourseEnrollerModule } from './course-enroller.module.js';
import { service } from './enroller.js';
import { schema } from './ledger/schema.js';

await startService({
  name: service,
  module: CourseEnrollerModule,
  migrate: migrating(schema),
  strategies: [RabbitServer],
});
