import { siteOf, waysOf, type SystemConfiguration } from '#platform';
import type { Fresh } from '../systems/freshness/last-come.js';
import { rateMinutes, type Activity } from './activity.js';
import type { SystemStatus } from './status.js';

/** Of {@link Activity} that is shown. */
export const hours = 24;

/** As the API answers them. */
export const systemsTold = (
  systems: readonly Pick<SystemConfiguration, 'id' | 'els' | 'moodle' | 'imsFile' | 'synchronizer' | 'ims'>[],
  statuses: readonly SystemStatus[],
  activity: Activity,
  { last, silent }: Fresh,
) =>
  systems.map(({ id, els, ...ways }) => {
    const status = statuses.find(({ system }) => system === id)!;
    const { synchronized, failed, lastMinutes } = activity.ofSystem.get(id) ?? {
      synchronized: Array<number>(hours).fill(0),
      failed: Array<number>(hours).fill(0),
      lastMinutes: 0,
    };
    return {
      ...status,
      els,
      moodle: siteOf(ways),
      ...waysOf(ways),
      perMinute: lastMinutes / rateMinutes,
      byHour: { synchronized, failed },
      lastCame: last.get(id) ?? null,
      silentHours: silent.find(({ system }) => system === id)?.hours ?? null,
    };
  });
