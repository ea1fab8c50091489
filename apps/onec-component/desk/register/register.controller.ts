import { Body, Controller, Get, Inject, Post, Put, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, AnswersNothing } from '#http-api';
import { CLOCK, type Clock } from '../../clock.js';
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
  listRows(@Query({ schema: rowsQuery }) asked: z.infer<typeof rowsQuery>) {
    return listRows(this.dataSource.manager, this.clock.now(), asked);
  }

  @Post('foresee')
  @Permit('desk.cancel')
  @Answers('What deleting these rows would touch', touchedSchema)
  foreseeRows(@Body({ schema: foreseenRows }) { selection }: z.infer<typeof foreseenRows>) {
    return foreseeRows(this.dataSource.manager, this.clock.now(), selection);
  }

  @Post('delete')
  @Permit('desk.cancel')
  @Answers('Delete these rows, as many as were foreseen: their students are offered again', touchedSchema)
  deleteRows(@Body({ schema: deletedRows }) { selection, expected }: z.infer<typeof deletedRows>) {
    return this.dataSource.transaction((db) => deleteRows(db, this.clock.now(), selection, expected));
  }

  @Put()
  @Permit('desk.cancel')
  @AnswersNothing('Give a row another period or mark')
  editRow(@Body({ schema: editedRow }) { to, ...key }: z.infer<typeof editedRow>): Promise<void> {
    return this.dataSource.transaction((db) => editRow(db, this.clock.now(), key, to));
  }
}
