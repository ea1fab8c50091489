import { RabbitServer } from '#messaging';
import { startService } from '#platform';
import { CourseEnrollerModule } from './course-enroller.module.js';
import { service } from './enroller.js';

await startService({ name: service, module: CourseEnrollerModule, strategies: [RabbitServer] });
