import type { FailureKind } from '#contracts';
import type { State } from '../failure.js';

/** Which failures are meant. What is absent does not matter; an empty selection means all. */
export interface Selection {
  ids?: readonly string[];
  /** Fingerprint of a group, or its beginning. */
  group?: string;
  system?: string;
  /** Of one of these. */
  systems?: readonly string[];
  service?: string;
  kind?: FailureKind;
  cause?: string;
  about?: string;
  code?: string;
  states?: readonly State[];
  /** Last seen from, and before: RFC 3339. */
  since?: string;
  before?: string;
  /** A piece of the reason in either language, or of the id. */
  text?: string;
}

/** The condition on `console.failures f`, with its parameters after those that are there already. */
export function conditionOf(selection: Selection, parameters: unknown[]): string {
  const parts: string[] = [];
  const add = (value: unknown, condition: (place: string) => string): void => {
    if (value === undefined) return;
    parameters.push(value);
    parts.push(condition(`$${parameters.length}`));
  };
  add(selection.ids, (place) => `f.id = any(${place}::text[])`);
  add(selection.group, (place) => `starts_with(f.fingerprint, ${place}::text)`);
  add(selection.systems, (place) => `f.system = any(${place}::text[])`);
  for (const column of ['system', 'service', 'kind', 'cause', 'about', 'code'] as const)
    add(selection[column], (place) => `f.${column} = ${place}::text`);
  add(selection.states, (place) => `f.state = any(${place}::text[])`);
  add(selection.since, (place) => `f.last_seen >= ${place}::timestamptz`);
  add(selection.before, (place) => `f.last_seen < ${place}::timestamptz`);
  add(
    selection.text,
    (place) =>
      `(position(lower(${place}::text) in lower(f.reason->>'ru' || ' ' || (f.reason->>'en'))) > 0
        or position(${place}::text in f.id) > 0)`,
  );
  return parts.length === 0 ? 'true' : parts.join(' and ');
}
