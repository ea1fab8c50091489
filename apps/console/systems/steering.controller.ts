import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { both, consumerNames } from '#contracts';
import { Answers, problems } from '#http-api';
import { Pause, PauseBook } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { Audit } from '../audit/audit.js';
import { LastKnown } from '../http/known/last-known.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { askService } from './errands.js';
import { systemCalled } from './known-systems.js';
import {
  decidedSchema,
  pauseBody,
  pausesSchema,
  releaseBody,
  releasedSchema,
  removalsBody,
  removalsSchema,
  resumeBody,
  systemId,
} from './schemas.js';

interface Released {
  flagged: number;
  overtaken: number;
  refused: { code: string; reason: string }[];
}

type Removals = Pick<z.input<typeof removalsSchema>, 'waiting' | 'held'>;

/** Milliseconds. */
const removalsGoodFor = 5_000;

@Controller('api/systems/:system')
export class SteeringController {
  private readonly removals = new Map<string, LastKnown<Removals>>();

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(PauseBook) private readonly pauses: PauseBook,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Post('pause')
  @Permit('systems.steer')
  @Answers('Stop the work with a system, or some services of it, until a person resumes it', pausesSchema)
  async pauseSystem(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: pauseBody }) { services = consumerNames, reason }: z.infer<typeof pauseBody>,
    @Who() { login: by }: Session,
  ) {
    const { id: system } = systemCalled(this.configuration, id);
    await this.audit.of({ by, action: 'system.pause', system, reason, fields: services }, async () => {
      const why = { kind: 'person' as const, reason: both(reason, reason), by };
      for (const service of services) await this.pauses.put({ system, service, ...why });
    });
    return { services, pauses: await this.standing(system) };
  }

  @Post('resume')
  @Permit('systems.steer')
  @Answers('Lift a pause that a person has put', pausesSchema)
  async resumeSystem(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: resumeBody }) { services = consumerNames, reason }: z.infer<typeof resumeBody>,
    @Who() { login: by }: Session,
  ) {
    const { id: system } = systemCalled(this.configuration, id);
    const resumed = await this.audit.of(
      { by, action: 'system.resume', system, reason, fields: services },
      async () => {
        const lifted: string[] = [];
        for (const service of services)
          if (await this.pauses.lift({ system, service, kind: 'person', by })) lifted.push(service);
        return lifted;
      },
      ({ length }) => length,
    );
    return { services: resumed, pauses: await this.standing(system) };
  }

  @Post('flags/release')
  @Permit('systems.steer')
  @Answers('Set the Error flags in 1C that the hourly limit holds back', releasedSchema)
  async releaseFlags(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: releaseBody }) { reason }: z.infer<typeof releaseBody>,
    @Who() { login: by }: Session,
  ) {
    const { id: system } = systemCalled(this.configuration, id);
    const released = await this.audit.of(
      { by, action: 'flags.release', system, reason },
      () => askService<Released>(this.dataSource, { service: 'error-flagger', system, what: 'release-flags', by }),
      (result) => result?.flagged ?? null,
    );
    return released ? { state: 'done', ...released } : { state: 'underWay' };
  }

  @Get('removals')
  @Permit('overview.see')
  @Answers('Suspensions of enrolments that are held until a person decides', removalsSchema)
  async listRemovals(@Param('system', { schema: systemId }) id: string) {
    const { id: system } = systemCalled(this.configuration, id);
    const { value = { waiting: 0, held: [] }, ...asked } = await this.removalsOf(system).newest();
    return { ...value, ...asked };
  }

  @Post('removals/release')
  @Permit('systems.steer')
  @Answers('Suspend what is held, where nobody wants it even now', decidedSchema)
  releaseRemovals(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: removalsBody }) body: z.infer<typeof removalsBody>,
    @Who() { login }: Session,
  ) {
    return this.decide('release-removals', id, body, login);
  }

  @Post('removals/discard')
  @Permit('systems.steer')
  @Answers('Forget what is held: the enrolments stay as they are', decidedSchema)
  discardRemovals(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: removalsBody }) body: z.infer<typeof removalsBody>,
    @Who() { login }: Session,
  ) {
    return this.decide('discard-removals', id, body, login);
  }

  private async decide(what: string, id: string, body: z.infer<typeof removalsBody>, by: string) {
    const { id: system } = systemCalled(this.configuration, id);
    const { reason, courses, codes } = body;
    const payload = { ...(courses && { courses }), ...(codes && { codes }), why: reason };
    const [decision] = what.split('-');
    const decided = await this.audit.of(
      { by, action: `removals.${decision}`, system, reason, fields: Object.keys(payload) },
      () => askService<{ number: number }>(this.dataSource, { service: 'course-enroller', system, what, by, payload }),
      (result) => result?.number ?? null,
    );
    this.removalsOf(system).forget();
    return decided ? { state: 'done', number: decided.number } : { state: 'underWay' };
  }

  /** The service that holds them looks for what it is asked once a second, and may be away. */
  private removalsOf(system: string): LastKnown<Removals> {
    let known = this.removals.get(system);
    if (!known) {
      known = new LastKnown(async () => {
        const asked = {
          service: 'course-enroller',
          system,
          what: 'list-removals',
          by: 'console',
          reading: true as const,
        };
        const removals = await askService<Removals>(this.dataSource, asked);
        if (removals) return removals;
        throw problems.away(
          both('Служба course-enroller отвечает слишком долго', 'The service course-enroller takes too long to answer'),
        );
      }, removalsGoodFor);
      this.removals.set(system, known);
    }
    return known;
  }

  private standing(system: string): Promise<Pause[]> {
    return this.dataSource.getRepository(Pause).find({ where: { system }, order: { since: 'asc' } });
  }
}
