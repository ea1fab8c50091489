import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Answers, type Bearer } from '#http-api';
import { EmptyBindingRuns } from '../../bindings/empty/empty-binding-runs.js';
import { Caller, Within } from '../desk-guard.js';
import { Permit } from '../permissions.js';
import { personOf } from '../person.js';
import { id } from '../schemas.js';
import { runAsked, runSchema, runsSchema } from './schemas.js';

/** *Create bindings*, in the background. */
@Controller('api/desk/empty-bindings')
export class RunsController {
  constructor(@Inject(EmptyBindingRuns) private readonly runs: EmptyBindingRuns) {}

  @Get()
  @Permit('desk.read')
  @Answers('The last runs, the newest first', runsSchema)
  async listRuns(@Within() within: string[] | undefined) {
    return { runs: await this.runs.list(within) };
  }

  @Post()
  @Permit('desk.post')
  @Answers('Create the empty bindings of an ELS that are not there yet', runSchema, 202)
  startRun(@Body({ schema: runAsked }) { system, curriculum }: z.infer<typeof runAsked>, @Caller() caller: Bearer) {
    return this.runs.start(personOf(caller), system, curriculum);
  }

  @Get(':id')
  @Permit('desk.read')
  @Answers('How far it is', runSchema)
  readRun(@Param('id', { schema: id }) id: string) {
    return this.runs.read(id);
  }

  @Post(':id/cancel')
  @Permit('desk.post')
  @Answers('Stop it: what is done stays', runSchema)
  cancelRun(@Param('id', { schema: id }) id: string) {
    return this.runs.cancel(id);
  }
}
