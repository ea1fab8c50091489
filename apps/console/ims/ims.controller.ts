import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { CONFIGURATION, type Configuration } from '#platform';
import { Audit } from '../audit/audit.js';
import { LastKnown } from '../http/known/last-known.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { askService } from '../systems/errands.js';
import { systemCalled } from '../systems/known-systems.js';
import { decidedSchema, systemId } from '../systems/schemas.js';
import type { ListedFile, ShownFile } from './files.js';
import { changesQuery, decisionBody, fileNumber, fileSchema, filesSchema } from './schemas.js';

const service = 'ims-gateway';
/** Milliseconds. */
const filesGoodFor = 2_000;

const withDates = <T extends ListedFile>(file: T) => ({
  ...file,
  claimedAt: new Date(file.claimedAt),
  finishedAt: file.finishedAt === null ? null : new Date(file.finishedAt),
});

/** Files of IMS Enterprise: ims-gateway keeps them, and is asked. */
@Controller('api')
export class ImsController {
  private readonly known = new Map<string, LastKnown<ListedFile[]>>();

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Get('files')
  @Permit('files.see')
  @Answers('Files of IMS Enterprise that were taken, and what became of them', filesSchema)
  async listFiles(@Who() { access }: Session) {
    const fed = this.configuration.systems.flatMap(({ id, ims }) => (ims ? [id] : []));
    const systems = await Promise.all(
      access.among('files.see', fed).map(async (system) => {
        const { value = [], ...asked } = await this.filesOf(system).newest();
        return { system, files: value.map(withDates), ...asked };
      }),
    );
    return { systems };
  }

  @Get('systems/:system/files/:file')
  @Permit('files.see')
  @Answers('One file: its unusable records, and the persons whom it changes', fileSchema)
  async showFile(
    @Param('system', { schema: systemId }) id: string,
    @Param('file', { schema: fileNumber }) file: number,
    @Query({ schema: changesQuery }) query: z.infer<typeof changesQuery>,
  ) {
    const system = this.fed(id);
    const asked = { service, system, what: 'show-file', by: 'console', reading: true as const };
    const answer = await askService<{ file: ShownFile | null }>(this.dataSource, {
      ...asked,
      payload: { file, ...query },
    });
    if (!answer) throw slow();
    if (!answer.file) throw problems.notFound(both('Такого файла нет', 'There is no such file'));
    return withDates(answer.file);
  }

  @Post('systems/:system/files/release')
  @Permit('systems.steer')
  @Answers('Apply what is held, although it removes many', decidedSchema)
  releaseFiles(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: decisionBody }) body: z.infer<typeof decisionBody>,
    @Who() { login }: Session,
  ) {
    return this.decide('release', id, body, login);
  }

  @Post('systems/:system/files/discard')
  @Permit('systems.steer')
  @Answers('Forget what is held: nothing of it is applied', decidedSchema)
  discardFiles(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: decisionBody }) body: z.infer<typeof decisionBody>,
    @Who() { login }: Session,
  ) {
    return this.decide('discard', id, body, login);
  }

  private async decide(decision: string, id: string, body: z.infer<typeof decisionBody>, by: string) {
    const system = this.fed(id);
    const { reason, files } = body;
    const payload = { ...(files && { files }), why: reason };
    const decided = await this.audit.of(
      { by, action: `ims.${decision}`, system, reason, fields: Object.keys(payload) },
      () =>
        askService<{ number: number }>(this.dataSource, { service, system, what: `${decision}-files`, by, payload }),
      (result) => result?.number ?? null,
    );
    this.filesOf(system).forget();
    return decided ? { state: 'done', number: decided.number } : { state: 'underWay' };
  }

  /** @throws Problem when no files feed it */
  private fed(id: string): string {
    const { id: system, ims } = systemCalled(this.configuration, id);
    if (ims) return system;
    throw problems.notFound(both('Эту систему не наполняют файлы IMS', 'No IMS files feed this system'));
  }

  private filesOf(system: string): LastKnown<ListedFile[]> {
    let known = this.known.get(system);
    if (!known) {
      known = new LastKnown(async () => {
        const asked = { service, system, what: 'list-files', by: 'console', reading: true as const };
        const answer = await askService<{ files: ListedFile[] }>(this.dataSource, {
          ...asked,
          payload: { limit: 200 },
        });
        if (!answer) throw slow();
        return answer.files;
      }, filesGoodFor);
      this.known.set(system, known);
    }
    return known;
  }
}

const slow = () =>
  problems.away(both('Служба ims-gateway отвечает слишком долго', 'The service ims-gateway takes too long to answer'));
