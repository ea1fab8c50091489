import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { both, eventTypes } from '#contracts';
import { problems } from '#http-api';
import type { Configuration } from '#platform';
import { LastKnown, type Known } from '../../http/known/last-known.js';
import { rateMinutes } from '../../overview/activity.js';
import { askService } from '../errands.js';

/** As onec-component answers `count-students`; null where it knows no such system. */
const countedSchema = z.object({ students: z.int(), left: z.int() }).nullable();
type Counted = NonNullable<z.infer<typeof countedSchema>>;

/** Milliseconds: the component goes through all of its students. */
const goodFor = 30_000;

/** Counts of our own component, asked for on demand. Of a foreign 1C nobody can know how many it has still to offer. */
export class PassReader {
  private readonly counts = new Map<string, LastKnown<Counted>>();

  constructor(
    private readonly dataSource: DataSource,
    { systems, onecComponent }: Pick<Configuration, 'systems' | 'onecComponent'>,
  ) {
    if (onecComponent)
      for (const { id, els } of systems) this.counts.set(id, new LastKnown(() => this.count(id, els), goodFor));
  }

  /** Undefined: 1C is not our component. */
  async counted(system: string): Promise<Known<Counted> | undefined> {
    return this.counts.get(system)?.newest();
  }

  /** Outcomes a minute, over the last few. */
  async perMinute(system: string): Promise<number> {
    const [row] = (await this.dataSource.query(
      `select count(*)::int as number from console.journal
       where system = $1 and type = any($2) and received > now() - interval '${rateMinutes} minutes'`,
      [system, [eventTypes.StudentSynchronized, eventTypes.SynchronizationFailed]],
    )) as [{ number: number }];
    return row.number / rateMinutes;
  }

  private async count(system: string, els: string): Promise<Counted> {
    const answer = await askService(this.dataSource, {
      ...{ service: 'onec-component', system, what: 'count-students', by: 'console', payload: { els } },
      reading: true,
    });
    const counted = answer === undefined ? undefined : countedSchema.parse(answer);
    if (counted) return counted;
    throw problems.away(
      counted === null
        ? both(`В справочнике ЭОС нет «${els}»`, `The ELS directory has no "${els}"`)
        : both('Служба onec-component отвечает слишком долго', 'The service onec-component takes too long to answer'),
    );
  }
}
