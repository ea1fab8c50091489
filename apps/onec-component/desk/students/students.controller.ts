import { Controller, Get, Inject, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers } from '#http-api';
import { CLOCK, type Clock } from '../../clock.js';
import { Permit } from '../permissions.js';
import { findByName } from './find.js';
import { studentsQuery, studentsSchema } from './schemas.js';

@Controller('api/desk')
export class StudentsController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('students')
  @Permit('students.find')
  @Answers('Find students of the mirror by name', studentsSchema)
  findStudentsByName(@Query({ schema: studentsQuery }) { name: words, limit }: z.infer<typeof studentsQuery>) {
    return findByName(this.dataSource, { words, limit, now: this.clock.now() });
  }
}
