import { Body, Controller, Get, Inject, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Request, Response } from 'express';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { Answers, AnswersText, languageOf } from '#http-api';
import { displayBindings } from '../../bindings/display.js';
import { Permit } from '../permissions.js';
import { bilingual, disciplineKind, system } from '../schemas.js';
import { previewOf } from './preview.js';
import { largestFile, readTable } from './read.js';
import { rowsOf, toCsv, toXlsx } from './write.js';

const fileQuery = z.object({
  system,
  display: z.enum(['all', 'empty']).default('all'),
  format: z.enum(['csv', 'xlsx']),
});
const uploaded = z.object({
  system,
  file: z
    .base64()
    .max(Math.ceil(largestFile / 3) * 4 + 4)
    .describe('XLSX or CSV, 2 MB at the most, in Base64.'),
});
/** Faults that are told at the most. */
const mostFaults = 500;
const previewSchema = z
  .object({
    same: z.int().describe('Rows that say what stands there already, or nothing.'),
    changes: z.array(
      z.object({
        curriculum: z.string(),
        department: z.string(),
        disciplineKind,
        discipline: z.string(),
        semester: z.int(),
        curriculumName: z.string(),
        disciplineName: z.string(),
        from: z.int(),
        to: z.int(),
      }),
    ),
    faults: z.array(z.object({ row: z.int().describe('Number in the file, from 1.'), text: bilingual })),
    faulty: z.int().describe('Rows that cannot stand; some 500 of them are told.'),
  })
  .meta({ id: 'SpreadsheetPreview' });

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Bindings as a table for a spreadsheet, out and in. */
@Controller('api/desk/bindings/spreadsheet')
export class SpreadsheetsController {
  constructor(@Inject(getDataSourceToken()) private readonly dataSource: DataSource) {}

  @Get()
  @Permit('desk.read')
  @AnswersText('Bindings of an ELS as CSV or XLSX; what a spreadsheet would take for a formula is text', 'text/csv')
  async exportBindings(
    @Query({ schema: fileQuery }) { system, display, format }: z.infer<typeof fileQuery>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const displayed = rowsOf(await this.display(system, display));
    const rows = display === 'all' ? displayed : displayed.filter(({ course }) => course === 0);
    const language = languageOf(request);
    const content = format === 'csv' ? toCsv(rows, language) : await toXlsx(rows, language);
    response.set('Content-Disposition', `attachment; filename="bindings.${format}"`);
    return new StreamableFile(Buffer.from(content), { type: mediaTypes[format] });
  }

  @Post()
  @Permit('desk.post')
  @Answers('What a table would change of what the register holds; changes nothing itself', previewSchema)
  async previewBindings(@Body({ schema: uploaded }) { system, file }: z.infer<typeof uploaded>) {
    const rows = await readTable(Buffer.from(file, 'base64'));
    const { faults, ...preview } = previewOf(rows, await this.display(system, 'all'));
    return { ...preview, faults: faults.slice(0, mostFaults), faulty: faults.length };
  }

  private display(system: string, display: 'all' | 'empty') {
    return this.dataSource.transaction('REPEATABLE READ', (db) => displayBindings(db, system, display));
  }
}
