import { Body, Controller, Get, Inject, Post, Put, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, AnswersNothing } from '#http-api';
import { CLOCK, type Clock } from '../../clock.js';
import { Within } from '../desk-guard.js';
import { Permit } from '../permissions.js';
import { deleteRows, editRow, foreseeRows, listRows } from './rows.js';
import { deletedRows, editedRow, foreseenRows, rowsQuery, rowsSchema, touchedSchema } from './schemas.js';

/** The register Synchronization. */
@Controller('api/desk/synchronization')
export class RegisterController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permit('desk.read')
  @Answers('Rows of the register Synchronization', rowsSchema)
  listRows(@Query({ schema: rowsQuery }) asked: z.infer<typeof rowsQuery>, @Within() within: string[] | undefined) {
    return listRows(this.dataSource.manager, this.clock.now(), { ...asked, within });
  }

  @Post('foresee')
  @Permit('desk.cancel')
  @Answers('What deleting these rows would touch', touchedSchema)
  foreseeRows(
    @Body({ schema: foreseenRows }) { selection }: z.infer<typeof foreseenRows>,
    @Within() within: string[] | undefined,
  ) {
    return foreseeRows(this.dataSource.manager, this.clock.now(), { ...selection, within });
  }

  @Post('delete')
  @Permit('desk.cancel')
  @Answers('Delete these rows, as many as were foreseen: their students are offered again', touchedSchema)
  deleteRows(
    @Body({ schema: deletedRows }) { selection, expected }: z.infer<typeof deletedRows>,
    @Within() within: string[] | undefined,
  ) {
    return this.dataSource.transaction((db) => deleteRows(db, this.clock.now(), { ...selection, within }, expected));
  }

  @Put()
  @Permit('desk.cancel')
  @AnswersNothing('Give a row another period or mark')
  editRow(@Body({ schema: editedRow }) { to, ...key }: z.infer<typeof editedRow>): Promise<void> {
    return this.dataSource.transaction((db) => editRow(db, this.clock.now(), key, to));
  }
}
