import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers, type Bearer } from '#http-api';
import { CLOCK, type Clock } from '../../clock.js';
import {
  cancelPosting,
  foreseeCancelling,
  foreseePosting,
  markDocument,
  postDraft,
} from '../../documents/desk-posting.js';
import { Caller } from '../desk-guard.js';
import { mayRole, Permit } from '../permissions.js';
import { personOf } from '../person.js';
import { foreseenCancellingSchema, foreseenSchema, headSchema, id, marking, ofVersion, posting } from './schemas.js';

/** What moves the register. */
@Controller('api/desk/documents/:id')
export class PostingController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('posting')
  @Permit('desk.post')
  @Answers('What posting would do, and what stands against it', foreseenSchema)
  foreseePosting(@Param('id', { schema: id }) id: string) {
    return this.dataSource.transaction('REPEATABLE READ', (db) => foreseePosting(db, this.clock, id));
  }

  @Post('posting')
  @Permit('desk.post')
  @Answers('Post it', headSchema)
  postDocument(
    @Param('id', { schema: id }) id: string,
    @Body({ schema: posting }) seen: z.infer<typeof posting>,
    @Caller() caller: Bearer,
  ) {
    return this.dataSource.transaction((db) => postDraft(db, this.clock, personOf(caller), id, seen));
  }

  @Get('cancelling')
  @Permit('desk.cancel')
  @Answers('Whom cancelling the posting would touch', foreseenCancellingSchema)
  foreseeCancelling(@Param('id', { schema: id }) id: string) {
    return this.dataSource.transaction('REPEATABLE READ', (db) => foreseeCancelling(db, this.clock, id));
  }

  @Post('cancelling')
  @Permit('desk.cancel')
  @Answers('Cancel the posting: its records go', headSchema)
  cancelPosting(
    @Param('id', { schema: id }) id: string,
    @Body({ schema: ofVersion }) { version }: z.infer<typeof ofVersion>,
    @Caller() caller: Bearer,
  ) {
    return this.dataSource.transaction((db) => cancelPosting(db, this.clock, personOf(caller), id, version));
  }

  @Post('mark')
  @Permit('desk.post')
  @Answers('Mark it for deletion, which cancels its posting first, or take the mark back', headSchema)
  markDocument(
    @Param('id', { schema: id }) id: string,
    @Body({ schema: marking }) { version, marked }: z.infer<typeof marking>,
    @Caller() caller: Bearer,
  ) {
    const mayCancel = caller.grants.some(({ role }) => mayRole(role, 'desk.cancel'));
    return this.dataSource.transaction((db) =>
      markDocument(db, this.clock, personOf(caller), id, { version, marked, mayCancel }),
    );
  }
}
