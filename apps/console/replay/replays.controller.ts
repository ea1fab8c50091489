import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { Audit } from '../audit/audit.js';
import { auditedSelection } from '../failures/api/audited.js';
import { given } from '../failures/api/given.js';
import { isOnDuty } from '../overview/status.js';
import type { Access } from '../permissions/access.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { pageOfItems } from './items.js';
import { Replays, touchesOthers, type Progress } from './replays.js';
import {
  itemsQuery,
  itemsSchema,
  orderBody,
  orderedSchema,
  replayId,
  replaySchema,
  replaysQuery,
  replaysSchema,
  stopBody,
} from './schemas.js';

@Controller('api/replays')
export class ReplaysController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(Replays) private readonly replays: Replays,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Post()
  @Permit('failures.mend')
  @Answers('Put messages back into the queues they died in: for what is mended in Moodle', orderedSchema, 201)
  async startReplay(
    @Body({ schema: orderBody }) { selection, reason, limit, batchSize, rate, tryFirst }: z.infer<typeof orderBody>,
    @Who() { login: by, access }: Session,
  ) {
    const chosen = given(selection, access, 'failures.mend');
    const { id, ...ordered } = await this.audit.of(
      { by, action: 'replay.start', ...auditedSelection(chosen), reason },
      () =>
        this.replays.order({
          ...{ selection: chosen, by },
          ...(limit !== undefined && { limit }),
          ...(batchSize !== undefined && { batchSize }),
          ...(rate !== undefined && { rate }),
          ...(tryFirst !== undefined && { tryFirst }),
        }),
      ({ taken }) => taken,
    );
    const [replay] = await this.replays.list(1, id);
    return { replay, ...ordered, onDuty: await isOnDuty(this.dataSource) };
  }

  @Get()
  @Permit('overview.see')
  @Answers('Replays, newest first', replaysSchema)
  async listReplays(@Query({ schema: replaysQuery }) query: z.infer<typeof replaysQuery>, @Who() { access }: Session) {
    const before = query.before === undefined ? undefined : new Date(query.before);
    return { replays: await this.replays.list(query.limit, '', access.systems('overview.see'), before) };
  }

  @Get(':id')
  @Permit('overview.see')
  @Answers('One replay and what came of its messages', replaySchema)
  readReplay(@Param('id', { schema: replayId }) id: string, @Who() { access }: Session) {
    return this.find(id, access);
  }

  @Get(':id/items')
  @Permit('overview.see')
  @Answers('The messages of a replay, in the order in which they go', itemsSchema)
  async listReplayItems(
    @Param('id', { schema: replayId }) id: string,
    @Query({ schema: itemsQuery }) { states, limit, after }: z.infer<typeof itemsQuery>,
    @Who() { access }: Session,
  ) {
    await this.find(id, access);
    const items = await pageOfItems(this.dataSource, id, {
      limit,
      ...(states && { states }),
      ...(after !== undefined && { after }),
    });
    return { items: items.filter(({ system }) => system === null || access.may('overview.see', system)) };
  }

  @Post(':id/stop')
  @Permit('failures.mend')
  @Answers('Stop it: what is not sent stays open; what is in flight goes on', replaySchema)
  async stopReplay(
    @Param('id', { schema: replayId }) id: string,
    @Body({ schema: stopBody }) { reason }: z.infer<typeof stopBody>,
    @Who() { login: by, access }: Session,
  ) {
    await this.find(id, access);
    const systems = access.systems('failures.mend');
    if (systems && (await touchesOthers(this.dataSource, id, systems))) throw problems.notPermitted();
    const why = reason === undefined ? by : `${by}: ${reason}`;
    await this.audit.of(
      { by, action: 'replay.stop', about: id, reason },
      () => this.replays.stop(id, both(`Остановил ${why}`, `Stopped by ${why}`)),
      (kept) => kept,
    );
    return this.find(id, access);
  }

  private async find(id: string, access: Access): Promise<Progress> {
    const [found] = await this.replays.list(1, id, access.systems('overview.see'));
    if (!found) throw problems.notFound(both(`Повтора ${id} нет`, `There is no replay ${id}`));
    return found;
  }
}
