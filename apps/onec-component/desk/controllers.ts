import type { Type } from '@nestjs/common';
import { StudentsController } from './students/students.controller.js';

/** Every controller behind the door: the application, the OpenAPI document and the test of every route go by this list. */
export const controllers: Type[] = [StudentsController];
