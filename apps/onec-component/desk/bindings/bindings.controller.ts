import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, type Bearer } from '#http-api';
import { countBindings } from '../../bindings/counts.js';
import { displayBindings } from '../../bindings/display.js';
import { draftZeroing, goneBindings } from '../../bindings/gone.js';
import { historyOfBinding } from '../../bindings/history.js';
import { suggestionsFor } from '../../bindings/suggestions-of-system.js';
import { CLOCK, type Clock } from '../../clock.js';
import { Caller, Within } from '../desk-guard.js';
import { headSchema } from '../documents/schemas.js';
import { Permit } from '../permissions.js';
import { personOf } from '../person.js';
import { ofSystem } from '../schemas.js';
import {
  countsSchema,
  displayedSchema,
  displayQuery,
  goneSchema,
  historyQuery,
  historySchema,
  suggestionsSchema,
} from './schemas.js';

type OfSystem = z.infer<typeof ofSystem>;

/** The register AcademicCourseBinding, read. */
@Controller('api/desk/bindings')
export class BindingsController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permit('desk.read')
  @Answers(
    'All bindings of an ELS, or the empty ones and those that no curriculum has any more, column by column',
    displayedSchema,
  )
  displayBindings(@Query({ schema: displayQuery }) { system, display }: z.infer<typeof displayQuery>) {
    return this.dataSource.transaction('REPEATABLE READ', (db) => displayBindings(db, system, display));
  }

  @Get('counts')
  @Permit('desk.read')
  @Answers('How many bindings are empty, in all and by ELS', countsSchema)
  async countBindings(@Within() within: string[] | undefined) {
    const systems = await countBindings(this.dataSource.manager, within);
    const sum = (of: 'empty' | 'filled' | 'missing' | 'gone'): number =>
      systems.reduce((before, counts) => before + counts[of], 0);
    const total = { empty: sum('empty'), filled: sum('filled'), missing: sum('missing'), gone: sum('gone') };
    return { total, systems };
  }

  @Get('gone')
  @Permit('desk.read')
  @Answers('Bindings with a course that no curriculum has any more', goneSchema)
  async listGoneBindings(@Query({ schema: ofSystem }) { system }: OfSystem) {
    return { bindings: await goneBindings(this.dataSource.manager, system) };
  }

  @Post('gone/draft')
  @Permit('desk.post')
  @Answers('A draft that sets all of them to zero', headSchema, 201)
  draftZeroing(@Body({ schema: ofSystem }) { system }: OfSystem, @Caller() caller: Bearer) {
    return this.dataSource.transaction((db) => draftZeroing(db, this.clock, personOf(caller), system));
  }

  @Get('suggestions')
  @Permit('desk.read')
  @Answers('Courses that others have for the empty bindings, the surest first', suggestionsSchema)
  async suggestCourses(@Query({ schema: ofSystem }) { system }: OfSystem) {
    return { lines: await suggestionsFor(this.dataSource.manager, system) };
  }

  @Get('history')
  @Permit('desk.read')
  @Answers('The changes of one binding, the newest first', historySchema)
  async readHistory(@Query({ schema: historyQuery }) { system, ...key }: z.infer<typeof historyQuery>) {
    return { changes: await historyOfBinding(this.dataSource.manager, system, key) };
  }
}
