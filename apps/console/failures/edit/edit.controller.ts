import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { CONFIGURATION, type Configuration } from '#platform';
import { Audit } from '../../audit/audit.js';
import { Answers, problems } from '#http-api';
import { isOnDuty } from '../../overview/status.js';
import type { Access } from '../../permissions/access.js';
import { Permit } from '../../permissions/permit.js';
import { Replays } from '../../replay/replays.js';
import type { Session } from '../../session/sessions.js';
import { Who } from '../../session/who.js';
import { noSuchFailure } from '../api/no-such-failure.js';
import { applyEdits } from './apply.js';
import { editableOf, EditRefused, sendEdited, type RolesOf } from './edits.js';
import { rolesToSet } from './roles.js';
import { editBody, editedSchema, formQuery, formSchema, triedSchema, tryBody } from './schemas.js';

@Controller('api/failures')
export class EditController {
  private readonly rolesOf: RolesOf;

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(Replays) private readonly replays: Replays,
    @Inject(Audit) private readonly audit: Audit,
  ) {
    this.rolesOf = rolesToSet(configuration.systems);
  }

  @Get('edit')
  @Permit('failures.edit')
  @Answers('What of a failed message may be edited', formSchema)
  async readEditForm(@Query({ schema: formQuery }) { id }: z.infer<typeof formQuery>, @Who() { access }: Session) {
    await this.systemOf(id, access);
    return this.orWhy(async () => ({ why: null, fields: (await this.editable(id)).fields }), { fields: [] });
  }

  @Post('edit/try')
  @Permit('failures.edit')
  @Answers('What an edit would change, and what its schema says of it; nothing is sent', triedSchema, 200)
  async tryEdit(@Body({ schema: tryBody }) { id, edits }: z.infer<typeof tryBody>, @Who() { access }: Session) {
    await this.systemOf(id, access);
    return this.orWhy(
      async () => {
        const { changes, issues } = applyEdits(await this.editable(id), edits, Date.now());
        return { why: null, changes, issues };
      },
      { changes: [], issues: [] },
    );
  }

  @Post('edit')
  @Permit('failures.edit')
  @Answers('Send a failed message as edited: a new event, linked to the failure', editedSchema, 201)
  async sendEdit(
    @Body({ schema: editBody }) { id, edits, reason }: z.infer<typeof editBody>,
    @Who() { login: by, access }: Session,
  ) {
    const system = await this.systemOf(id, access);
    const fields = edits.map(({ path }) => path);
    const sent = await this.audit
      .of(
        { by, action: 'failures.edit', system, about: id, reason, fields },
        () => sendEdited(this.dataSource, { id, edits, by, rolesOf: this.rolesOf }),
        () => 1,
      )
      .catch((error: unknown) => {
        if (!(error instanceof EditRefused)) throw error;
        throw error.issues ? problems.invalid(error.issues) : problems.refused(error.reason);
      });
    const [replay] = await this.replays.list(1, sent.replay);
    return {
      ...{ replay, event: sent.event, revision: sent.revision, fields: sent.changes.map(({ path }) => path) },
      onDuty: await isOnDuty(this.dataSource),
    };
  }

  private editable(id: string) {
    return editableOf(this.dataSource.manager, id, this.rolesOf);
  }

  private async orWhy<T extends object>(read: () => Promise<T>, none: Omit<T, 'why'>) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof EditRefused) return { why: error.reason, ...none };
      throw error;
    }
  }

  /** Of a failure whose message this person may edit. */
  private async systemOf(id: string, access: Access): Promise<string> {
    const [row] = (await this.dataSource.query('select system from console.failures where id = $1', [id])) as {
      system: string;
    }[];
    if (!row || !access.may('failures.see', row.system)) throw noSuchFailure();
    if (!access.may('failures.edit', row.system)) throw problems.notPermitted();
    return row.system;
  }
}
