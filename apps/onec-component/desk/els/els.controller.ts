import { Body, Controller, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, AnswersNothing } from '#http-api';
import { CONFIGURATION, type Configuration } from '#platform';
import { Permit } from '../permissions.js';
import { createEls, deleteEls, editEls, listEls } from './directory.js';
import { code, directorySchema, editedEls, elsSchema, newEls } from './schemas.js';

/** The ELS directory. */
@Controller('api/desk/els')
export class ElsController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Get()
  @Permit('desk.read')
  @Answers('The ELS directory, and names that only one side knows', directorySchema)
  listEls() {
    return listEls(this.dataSource.manager, this.configuration.systems);
  }

  @Post()
  @Permit('desk.cancel')
  @Answers('A new ELS; its code is the next one', elsSchema, 201)
  createEls(@Body({ schema: newEls }) given: z.infer<typeof newEls>) {
    return this.dataSource.transaction((db) => createEls(db, given));
  }

  @Put(':code')
  @Permit('desk.cancel')
  @Answers('Edit an ELS; another name asks first', elsSchema)
  editEls(
    @Param('code', { schema: code }) code: string,
    @Body({ schema: editedEls }) given: z.infer<typeof editedEls>,
  ) {
    return this.dataSource.transaction((db) => editEls(db, this.configuration.systems, { code, ...given }));
  }

  @Delete(':code')
  @Permit('desk.cancel')
  @AnswersNothing('Delete an ELS to which nothing refers')
  deleteEls(@Param('code', { schema: code }) code: string): Promise<void> {
    return this.dataSource.transaction((db) => deleteEls(db, code));
  }
}
