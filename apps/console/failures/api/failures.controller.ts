import { Readable } from 'node:stream';
import { Controller, Get, Header, Inject, Query, Req, StreamableFile } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Request } from 'express';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, AnswersText, type Language, languageOf } from '#http-api';
import { givenMark, readMark, type Mark } from '../../http/mark.js';
import { FailureRow } from '../../ledger/entities/failures.js';
import { Permit } from '../../permissions/permit.js';
import type { Session } from '../../session/sessions.js';
import { Who } from '../../session/who.js';
import { csvHead, csvLines } from '../desk/csv.js';
import { countByState, countFailures, groupFailures } from '../desk/overview.js';
import { pageOfFailures } from '../desk/page.js';
import type { Selection } from '../desk/selection.js';
import { trendOf } from '../desk/trend.js';
import { editsOf } from '../edit/links.js';
import { given } from './given.js';
import { noSuchFailure } from './no-such-failure.js';
import {
  countQuery,
  countSchema,
  csvQuery,
  failureSchema,
  groupsQuery,
  groupsSchema,
  listQuery,
  listSchema,
  oneQuery,
} from './schemas.js';
import { failureTold } from './told.js';

const usualStates = ['open', 'replaying'] as const;
/** Rows read at a time for a file. */
const piece = 1_000;

@Controller('api/failures')
export class FailuresController {
  constructor(@Inject(getDataSourceToken()) private readonly dataSource: DataSource) {}

  @Get('groups')
  @Permit('failures.see')
  @Answers('Open failures by cause, the largest group first, with their last day by hour', groupsSchema)
  async groupFailures(@Query({ schema: groupsQuery }) query: z.infer<typeof groupsQuery>, @Who() { access }: Session) {
    const selection = given(query, access, 'failures.see');
    const groups = await groupFailures(this.dataSource, selection);
    const { from, ofGroup } = await trendOf(this.dataSource, selection);
    const none = Array<number>(24).fill(0);
    return {
      trendFrom: from,
      groups: groups.map((group) => ({ ...group, trend: ofGroup.get(group.group) ?? none })),
    };
  }

  @Get()
  @Permit('failures.see')
  @Answers('Failures one by one, newest first', listSchema)
  async listFailures(
    @Query({ schema: listQuery }) { limit, after, states, ...filters }: z.infer<typeof listQuery>,
    @Who() { access }: Session,
  ) {
    const selection = given({ ...filters, states: states ?? usualStates }, access, 'failures.see');
    const mark = givenMark(after);
    const [{ rows, next }, total] = await Promise.all([
      pageOfFailures(this.dataSource, selection, limit, mark),
      countFailures(this.dataSource, selection),
    ]);
    return { total, failures: rows, ...(next !== undefined && { next }) };
  }

  @Get('count')
  @Permit('failures.see')
  @Answers('What an action upon these would touch', countSchema)
  countFailures(@Query({ schema: countQuery }) query: z.infer<typeof countQuery>, @Who() { access }: Session) {
    return countByState(this.dataSource, given(query, access, 'failures.see'));
  }

  /** The id holds a slash: proxies may not let it pass in a path. */
  @Get('one')
  @Permit('failures.see')
  @Answers('All about one failure; who may not see names gets the message without them', failureSchema)
  async readFailure(@Query({ schema: oneQuery }) { id }: z.infer<typeof oneQuery>, @Who() { access }: Session) {
    const row = await this.dataSource.getRepository(FailureRow).findOneBy({ id });
    if (!row || !access.may('failures.see', row.system)) throw noSuchFailure();
    return failureTold(row, await editsOf(this.dataSource, row), access);
  }

  @Get('csv')
  @Permit('failures.see')
  @Header('Content-Disposition', 'attachment; filename="failures.csv"')
  @AnswersText('The same as a table for a spreadsheet; what it would take for a formula is text', 'text/csv')
  exportFailures(
    @Query({ schema: csvQuery }) { states, ...filters }: z.infer<typeof csvQuery>,
    @Who() { access }: Session,
    @Req() request: Request,
  ): StreamableFile {
    const selection = given({ ...filters, states: states ?? usualStates }, access, 'failures.see');
    return new StreamableFile(Readable.from(this.lines(selection, languageOf(request))), {
      type: 'text/csv; charset=utf-8',
    });
  }

  private async *lines(selection: Selection, language: Language): AsyncGenerator<string> {
    yield csvHead;
    let after: Mark | undefined;
    do {
      const { rows, next } = await pageOfFailures(this.dataSource, selection, piece, after);
      yield csvLines(rows, language);
      after = next === undefined ? undefined : readMark(next);
    } while (after);
  }
}
