import type { Type } from '@nestjs/common';
import { AuditController } from '../audit/audit.controller.js';
import { CoursesController } from '../courses/courses.controller.js';
import { EditController } from '../failures/edit/edit.controller.js';
import { FailuresController } from '../failures/api/failures.controller.js';
import { MendingController } from '../failures/api/mending.controller.js';
import { JournalController } from '../journal/api/journal.controller.js';
import { ImsController } from '../ims/ims.controller.js';
import { LiveController } from '../live/live.controller.js';
import { NoticesController } from '../notices/notices.controller.js';
import { OverviewController } from '../overview/overview.controller.js';
import { QueuesController } from '../queues/queues.controller.js';
import { ReplaysController } from '../replay/replays.controller.js';
import { OpenIdController } from '../session/openid/openid.controller.js';
import { SessionController } from '../session/session.controller.js';
import { UsersController } from '../session/users/users.controller.js';
import { StudentsController } from '../students/students.controller.js';
import { MappingController } from '../systems/mapping/mapping.controller.js';
import { SteeringController } from '../systems/steering.controller.js';
import { SynchronisingController } from '../systems/synchronising.controller.js';
import { SystemsController } from '../systems/systems.controller.js';

/** Every controller of the API: the application, the OpenAPI document and the test of every route go by this list. */
export const controllers: Type[] = [
  SessionController,
  OpenIdController,
  UsersController,
  OverviewController,
  QueuesController,
  SystemsController,
  MappingController,
  SteeringController,
  SynchronisingController,
  ImsController,
  FailuresController,
  MendingController,
  EditController,
  ReplaysController,
  StudentsController,
  NoticesController,
  JournalController,
  CoursesController,
  AuditController,
  LiveController,
];
