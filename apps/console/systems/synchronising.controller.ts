import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { CONFIGURATION, type Configuration } from '#platform';
import { AskAgain, type Asked } from '../ask/ask-again.js';
import { askedTold } from '../ask/told.js';
import { Audit } from '../audit/audit.js';
import { askedSchema } from '../failures/api/schemas.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { askService } from './errands.js';
import { systemOfOneC } from './known-systems.js';
import { askedNowSchema, doneSchema, systemId, whomSchema } from './schemas.js';

@Controller('api/systems/:system')
export class SynchronisingController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(AskAgain) private readonly askAgain: AskAgain,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Post('ask-now')
  @Permit('failures.mend')
  @Answers('Ask 1C now, without waiting for the interval', askedNowSchema)
  async askNow(@Param('system', { schema: systemId }) id: string, @Who() { login: by }: Session) {
    const { id: system } = systemOfOneC(this.configuration, id);
    const asked = await this.audit.of({ by, action: 'system.ask-now', system }, () =>
      askService<{ state?: string }>(this.dataSource, { service: 'onec-poller', system, what: 'ask-now', by }),
    );
    return { state: asked === undefined ? 'underWay' : asked.state === 'asking' ? 'asking' : 'paused' };
  }

  @Post('ask-again')
  @Permit('failures.mend')
  @Answers('Have 1C offer students, a group or those of a curriculum again', askedSchema)
  async askAgainFor(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: whomSchema }) whom: z.infer<typeof whomSchema>,
    @Who() { login: by }: Session,
  ) {
    const { id: system } = systemOfOneC(this.configuration, id);
    const { reason, codes, group, curriculum } = whom;
    const about = codes?.length === 1 ? codes[0] : (group ?? curriculum);
    const fields = Object.keys({ ...(codes && { codes }), ...(group && { group }), ...(curriculum && { curriculum }) });
    const asked = await this.audit.of(
      { by, action: 'system.ask-again', system, about, reason, fields },
      () => this.ask(system, whom),
      (answer) => answer.asked.length,
    );
    return askedTold([asked]);
  }

  @Post('lost-answers/cleared')
  @Permit('systems.steer')
  @Answers('Error rows left in 1C by lost answers are looked after: say no more of them', doneSchema)
  async clearLostAnswers(@Param('system', { schema: systemId }) id: string, @Who() { login: by }: Session) {
    const { id: system } = systemOfOneC(this.configuration, id);
    const errand = { service: 'onec-poller', system, what: 'pages-looked-after', by };
    await this.audit.of({ by, action: 'lost-answers.clear', system }, () => askService(this.dataSource, errand));
    return { state: 'done' };
  }

  private async ask(system: string, { codes, group, curriculum }: z.infer<typeof whomSchema>): Promise<Asked> {
    if (codes) return this.askAgain.students(system, codes);
    const asked =
      group === undefined
        ? await this.askAgain.curriculum(system, curriculum!)
        : await this.askAgain.group(system, group);
    if (!asked.failure && !asked.byHand && asked.asked.length + asked.refused.length === 0)
      throw problems.notFound(
        both(
          'Таких студентов журнал не знает: имя группы и код плана пишутся точно как в 1С',
          'The journal knows no such students: group and curriculum are written exactly as in 1C',
        ),
      );
    return asked;
  }
}
