import type { Type } from '@nestjs/common';
import { BindingsController } from './bindings/bindings.controller.js';
import { RunsController } from './bindings/runs.controller.js';
import { DocumentsController } from './documents/documents.controller.js';
import { PostingController } from './documents/posting.controller.js';
import { ElsController } from './els/els.controller.js';
import { RegisterController } from './register/register.controller.js';
import { SpreadsheetsController } from './spreadsheets/spreadsheets.controller.js';
import { StudentsController } from './students/students.controller.js';
import { UniversityController } from './university/university.controller.js';

/** Every controller behind the door: the application, the OpenAPI document and the test of every route go by this list. */
export const controllers: Type[] = [
  ElsController,
  UniversityController,
  BindingsController,
  SpreadsheetsController,
  RunsController,
  DocumentsController,
  PostingController,
  RegisterController,
  StudentsController,
];
