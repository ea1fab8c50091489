import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, AnswersNothing, type Bearer } from '#http-api';
import { CLOCK, type Clock } from '../../clock.js';
import { copyDocument, createDraft, discardDraft, saveDraft, type DraftContent } from '../../documents/drafts.js';
import { readHead } from '../../documents/store.js';
import { Caller, Within } from '../desk-guard.js';
import { Permit } from '../permissions.js';
import { personOf } from '../person.js';
import { draftLines } from './columns.js';
import { documentLines } from './lines.js';
import { documentAuthors, listDocuments } from './list.js';
import {
  authorsSchema,
  documentSchema,
  documentsQuery,
  documentsSchema,
  headSchema,
  id,
  newDocument,
  savedDocument,
  versionQuery,
} from './schemas.js';

const contentOf = (given: z.infer<typeof newDocument>): DraftContent => {
  const { system, comment, date, display } = given;
  return { system, comment, date, display, lines: draftLines(given) };
};

/** Documents AcademicCourseBinding: the list, one, and drafts as they are edited. */
@Controller('api/desk/documents')
export class DocumentsController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permit('desk.read')
  @Answers('Documents, the newest first', documentsSchema)
  listDocuments(
    @Query({ schema: documentsQuery }) asked: z.infer<typeof documentsQuery>,
    @Within() within: string[] | undefined,
  ) {
    return listDocuments(this.dataSource.manager, asked, within);
  }

  @Get('authors')
  @Permit('desk.read')
  @Answers('Whose documents there are', authorsSchema)
  async listDocumentAuthors(@Within() within: string[] | undefined) {
    return { authors: await documentAuthors(this.dataSource.manager, within) };
  }

  @Post()
  @Permit('desk.post')
  @Answers('A new draft, numbered at once', headSchema, 201)
  createDocument(@Body({ schema: newDocument }) given: z.infer<typeof newDocument>, @Caller() caller: Bearer) {
    return this.dataSource.transaction((db) => createDraft(db, this.clock, personOf(caller), contentOf(given)));
  }

  @Get(':id')
  @Permit('desk.read')
  @Answers('One document with its lines', documentSchema)
  readDocument(@Param('id', { schema: id }) id: string) {
    return this.dataSource.transaction('REPEATABLE READ', async (db) => ({
      ...(await readHead(db, id)),
      ...(await documentLines(db, id)),
    }));
  }

  @Put(':id')
  @Permit('desk.post')
  @Answers('Save the draft as it is edited: the whole of it, over the version that was seen', headSchema)
  saveDocument(
    @Param('id', { schema: id }) id: string,
    @Body({ schema: savedDocument }) given: z.infer<typeof savedDocument>,
    @Caller() caller: Bearer,
  ) {
    return this.dataSource.transaction((db) =>
      saveDraft(db, this.clock, personOf(caller), id, given.version, contentOf(given)),
    );
  }

  @Delete(':id')
  @Permit('desk.post')
  @AnswersNothing('Throw away a draft that was never posted')
  discardDocument(
    @Param('id', { schema: id }) id: string,
    @Query({ schema: versionQuery }) { version }: z.infer<typeof versionQuery>,
  ): Promise<void> {
    return this.dataSource.transaction((db) => discardDraft(db, id, version));
  }

  @Post(':id/copy')
  @Permit('desk.post')
  @Answers('A new draft with the lines of this document', headSchema, 201)
  copyDocument(@Param('id', { schema: id }) id: string, @Caller() caller: Bearer) {
    return this.dataSource.transaction((db) => copyDocument(db, this.clock, personOf(caller), id));
  }
}
