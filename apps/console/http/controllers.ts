import type { Type } from '@nestjs/common';
import { SessionController } from '../session/session.controller.js';
import { UsersController } from '../session/users.controller.js';

/** Every controller of the API: the application, the OpenAPI document and the test of every route go by this list. */
export const controllers: Type[] = [SessionController, UsersController];
