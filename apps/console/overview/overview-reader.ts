import type { DataSource } from 'typeorm';
import type { Trouble } from '#persistence';
import type { Configuration } from '#platform';
import type { Audit } from '../audit/audit.js';
import { groupFailures, type Group } from '../failures/desk/overview.js';
import type { Access } from '../permissions/access.js';
import { freshnessOf } from '../systems/freshness/last-come.js';
import { activityOf } from './activity.js';
import { isOnDuty, standingTroubles, statusOf } from './status.js';
import { hours, systemsTold } from './told.js';

interface Whole {
  time: Date;
  onDuty: boolean;
  hoursFrom: Date;
  systems: ReturnType<typeof systemsTold>;
  groups: Group[];
  troubles: Trouble[];
  replaysRunning: number;
}

/**
 * Milliseconds that an answer is good for: everybody who looks at the overview looks at the same moment. Less than the
 * second that pages wait when they hear of a change: what they then ask for was read after it.
 */
const goodFor = 900;
const groupsShown = 10;
const troublesShown = 100;

/** Is it well, and what waits for a person: read once for all, and shown to each within their systems. */
export class OverviewReader {
  private last?: { time: number; deeds: number; whole: Promise<Whole> };

  constructor(
    private readonly dataSource: DataSource,
    private readonly configuration: Pick<Configuration, 'systems' | 'console'>,
    /** What people have done here: they see it at once. */
    private readonly audit: Pick<Audit, 'ended'>,
  ) {}

  async read(access: Access) {
    const { systems, groups, troubles, ...whole } = await this.whole();
    const may = ({ system }: { system: string }): boolean => access.may('overview.see', system);
    const [ownGroups, ownTroubles] = [
      groups.filter(may),
      troubles.filter(({ system }) => system === '' || may({ system })),
    ];
    return {
      ...whole,
      systems: systems.filter(may),
      waiting: ownGroups.slice(0, groupsShown),
      waitingGroups: ownGroups.length,
      troubles: ownTroubles.slice(0, troublesShown),
      troubleCount: ownTroubles.length,
    };
  }

  private whole(now = Date.now()): Promise<Whole> {
    const { ended: deeds } = this.audit;
    if (this.last?.deeds === deeds && now - this.last.time < goodFor) return this.last.whole;
    const whole = this.ask();
    const asked = (this.last = { time: now, deeds, whole });
    whole.catch(() => {
      if (this.last === asked) delete this.last;
    });
    return whole;
  }

  private async ask(): Promise<Whole> {
    const { systems } = this.configuration;
    const ids = systems.map(({ id }) => id);
    const [onDuty, statuses, activity, fresh, groups, troubles, [running]] = await Promise.all([
      isOnDuty(this.dataSource),
      statusOf(this.dataSource, ids),
      activityOf(this.dataSource, hours),
      freshnessOf(this.dataSource, this.configuration),
      groupFailures(this.dataSource, { states: ['open'] }),
      standingTroubles(this.dataSource, ids),
      this.dataSource.query(`select count(*)::int as number from console.replays where state = 'running'`) as Promise<
        { number: number }[]
      >,
    ]);
    return {
      time: new Date(),
      onDuty,
      hoursFrom: activity.from,
      systems: systemsTold(systems, statuses, activity, fresh),
      groups,
      troubles,
      replaysRunning: running!.number,
    };
  }
}
