import { Body, Controller, Inject, Post } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Answers } from '#http-api';
import { AskAgain } from '../../ask/ask-again.js';
import { askedTold } from '../../ask/told.js';
import { Audit } from '../../audit/audit.js';
import { numberSchema } from '../../http/schemas.js';
import { Permit } from '../../permissions/permit.js';
import type { Session } from '../../session/sessions.js';
import { Who } from '../../session/who.js';
import { annotate, archive, restore } from '../desk/desk.js';
import type { Selection } from '../desk/selection.js';
import { auditedSelection } from './audited.js';
import { given } from './given.js';
import { archiveBody, askBody, askedSchema, noteBody, restoreBody } from './schemas.js';

const sameNumber = (number: number): number => number;

@Controller('api/failures')
export class MendingController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(AskAgain) private readonly askAgain: AskAgain,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Post('notes')
  @Permit('failures.mend')
  @Answers('Write a note upon failures', numberSchema)
  async noteFailures(@Body({ schema: noteBody }) { selection, text }: z.infer<typeof noteBody>, @Who() who: Session) {
    const chosen = given(selection, who.access, 'failures.mend');
    return this.audited(who, 'failures.note', chosen, undefined, () =>
      annotate(this.dataSource, chosen, who.login, text),
    );
  }

  @Post('archive')
  @Permit('failures.mend')
  @Answers('Put open failures aside; those that come later are not among them', numberSchema)
  async archiveFailures(
    @Body({ schema: archiveBody }) { selection, reason }: z.infer<typeof archiveBody>,
    @Who() who: Session,
  ) {
    const chosen = given(selection, who.access, 'failures.mend');
    return this.audited(who, 'failures.archive', chosen, reason, () =>
      archive(this.dataSource, chosen, who.login, reason),
    );
  }

  @Post('restore')
  @Permit('failures.mend')
  @Answers('Take back what was put aside', numberSchema)
  async restoreFailures(
    @Body({ schema: restoreBody }) { selection }: z.infer<typeof restoreBody>,
    @Who() who: Session,
  ) {
    const chosen = given(selection, who.access, 'failures.mend');
    return this.audited(who, 'failures.restore', chosen, undefined, () => restore(this.dataSource, chosen, who.login));
  }

  @Post('ask')
  @Permit('failures.mend')
  @Answers('Have 1C offer the students of these failures again: for what is mended in 1C', askedSchema)
  async askFailures(
    @Body({ schema: askBody }) { selection, reason }: z.infer<typeof askBody>,
    @Who() { login: by, access }: Session,
  ) {
    const chosen = given(selection, access, 'failures.mend');
    const asked = await this.audit.of(
      { by, action: 'failures.ask', ...auditedSelection(chosen), reason },
      () => this.askAgain.failures(chosen, by),
      (systems) => systems.reduce((sum, each) => sum + each.asked.length, 0),
    );
    return askedTold(asked);
  }

  private async audited(
    { login: by }: Session,
    action: string,
    selection: Selection,
    reason: string | undefined,
    work: () => Promise<number>,
  ) {
    const number = await this.audit.of({ by, action, ...auditedSelection(selection), reason }, work, sameNumber);
    return { number };
  }
}
