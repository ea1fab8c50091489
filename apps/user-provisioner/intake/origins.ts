import type { Origin } from '#contracts';
import type { Change, Missing } from './arrangement.js';

/**
 * Places of the messages that tell of a student after another origin did so in the same batch: they are worked on after
 * the others, when the ledger knows whose the student is.
 */
export function secondOrigins(events: readonly (Change | Missing)[]): Set<number> {
  const first = new Map<string, Origin>();
  const later = new Set<number>();
  events.forEach((event, index) => {
    if (event.type !== 'itk.student.changed.v1') return;
    const { person, origin } = (event as Change).data;
    const known = first.get(person.code) ?? origin;
    first.set(person.code, known);
    if (known !== origin) later.add(index);
  });
  return later;
}

/** A student belongs to the origin that told of them first, until it withdraws them. */
export const belongsElsewhere = (owner: Origin | undefined, { data }: Pick<Change, 'data'>): boolean =>
  owner !== undefined && owner !== data.origin;
