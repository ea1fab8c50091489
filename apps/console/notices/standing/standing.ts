import type { DataSource } from 'typeorm';
import { Pause, type Trouble } from '#persistence';
import type { Configuration } from '#platform';
import { groupFailures, type Group } from '../../failures/desk/overview.js';
import { standingTroubles } from '../../overview/status.js';
import { freshnessOf } from '../../systems/freshness/last-come.js';
import type { Silence } from '../../systems/freshness/freshness.js';
import type { StandingTrouble, TroubleKind } from '../trouble.js';

/** The console's own troubles with notices: by a channel that fails nothing is to be said of it. */
export const ownService = 'console';

/** Everything that stands now and waits for a person. A source that cannot be read fails the whole: it ends nothing. */
export async function readStanding(
  dataSource: DataSource,
  configuration: Pick<Configuration, 'systems' | 'console'>,
): Promise<StandingTrouble[]> {
  const ids = configuration.systems.map(({ id }) => id);
  const [groups, pauses, fresh, found] = await Promise.all([
    // With those that are on their way again: a replay that fails anew is no end.
    groupFailures(dataSource, { states: ['open', 'replaying'] }),
    dataSource.getRepository(Pause).find({ where: { kind: 'configuration' }, order: { since: 'asc', service: 'asc' } }),
    freshnessOf(dataSource, configuration),
    standingTroubles(dataSource, ids),
  ]);
  return [
    ...troublesOfFailures(groups),
    ...troublesOfPauses(pauses.filter(({ system }) => ids.includes(system))),
    ...fresh.silent.map(troubleOfSilence),
    ...troublesFound(found.filter(({ service }) => service !== ownService)),
  ];
}

/** By cause. Causes that a single student is known by (the holder of a username) are one trouble together. */
export function troublesOfFailures(groups: readonly Group[]): StandingTrouble[] {
  return [
    ...folded(groups, keyOfGroup, (key, [first, ...more]): StandingTrouble => {
      const all = [first, ...more];
      const { system, service, kind, cause, about, group } = first;
      return {
        ...{ key, kind: 'failures', system, failureKind: kind, cause, services: [service] },
        number: sum(all.map(({ failures }) => failures)),
        students: sum(all.map(({ students }) => students)),
        since: earliest(all.map(({ firstSeen }) => firstSeen)),
        ...(kind === 'course' && /^\d{1,15}$/.test(about) && { course: about }),
        page:
          kind === 'student'
            ? `/failures?${new URLSearchParams({ system, kind, service }).toString()}`
            : `/failures/group/${group}`,
      };
    }),
  ];
}

const keyOfGroup = ({ system, service, kind, cause, group }: Group): string =>
  kind === 'student' ? `failures ${system} ${service} ${cause}` : `failures ${group}`;

/** One for each system, however many of its services stand still. */
export const troublesOfPauses = (pauses: readonly Pick<Pause, 'system' | 'service' | 'since'>[]): StandingTrouble[] =>
  folded(
    pauses,
    ({ system }) => `configuration ${system}`,
    (key, all): StandingTrouble => ({
      ...{ key, kind: 'configuration', system: all[0].system, number: 1 },
      services: [...new Set(all.map(({ service }) => service))].sort(),
      since: earliest(all.map(({ since }) => since)),
      page: `/systems/${all[0].system}`,
    }),
  );

const troubleOfSilence = ({ system, since, hours }: Silence): StandingTrouble => ({
  ...{ key: `silence ${system}`, kind: 'silence', system, number: 1, hours },
  since: since.toISOString(),
  page: `/systems/${system}`,
});

const kindOfCheck: Record<string, TroubleKind> = {
  'flags-held': 'flags-held',
  'removals-held': 'removals-held',
  'page-lost': 'page-lost',
  'mirror-age': 'mirror-old',
};

/** One for each look of a service, however many records it finds faulty. */
export const troublesFound = (
  found: readonly Pick<Trouble, 'service' | 'system' | 'check' | 'since'>[],
): StandingTrouble[] =>
  folded(
    found,
    ({ service, system, check }) => `found ${service} ${system} ${check}`,
    (key, all): StandingTrouble => {
      const { service, system, check } = all[0];
      return {
        ...{ key, kind: kindOfCheck[check] ?? 'found', system, cause: check, services: [service], number: all.length },
        since: earliest(all.map(({ since }) => since)),
        page: system === '' ? '/' : `/systems/${system}`,
      };
    },
  );

function folded<T, R>(all: readonly T[], keyOf: (one: T) => string, fold: (key: string, all: [T, ...T[]]) => R): R[] {
  const byKey = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = byKey.get(keyOf(one));
    if (group) group.push(one);
    else byKey.set(keyOf(one), [one]);
  }
  return [...byKey].map(([key, group]) => fold(key, group));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const earliest = (times: readonly Date[]): string =>
  new Date(Math.min(...times.map((time) => time.getTime()))).toISOString();
