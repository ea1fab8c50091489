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

/**
 * Joined to `console.failures f`, a failure of several causes is there once for each. Totals are counted without it.
 */
export const eachCause = 'left join lateral jsonb_array_elements(f.causes) o on true';

/** Of a cause that {@link eachCause} has joined: its own words, else those of the failure. */
export const ofCause = {
  group: `coalesce(o->>'group', f.fingerprint)`,
  kind: `coalesce(o->>'kind', f.kind)`,
  cause: `coalesce(o->>'cause', f.cause)`,
  about: `coalesce(o->>'about', f.about)`,
  reason: `coalesce(o->'reason', f.reason)`,
  cure: `case when o is null then f.cure else o->'cure' end`,
} as const;
const ofFailure = { group: 'f.fingerprint', kind: 'f.kind', cause: 'f.cause', about: 'f.about' } as const;

type Adding = (value: unknown, condition: (place: string) => string) => void;

const adding =
  (parts: string[], parameters: unknown[]): Adding =>
  (value, condition) => {
    if (value === undefined) return;
    parameters.push(value);
    parts.push(condition(`$${parameters.length}`));
  };

/** The condition on a cause that {@link eachCause} has joined; `true` where causes do not matter. */
export function conditionOnCause(
  selection: Selection,
  parameters: unknown[],
  columns: Record<keyof typeof ofFailure, string> = ofCause,
): string {
  const parts: string[] = [];
  const add = adding(parts, parameters);
  add(selection.group, (place) => `starts_with(${columns.group}, ${place}::text)`);
  for (const column of ['kind', 'cause', 'about'] as const)
    add(selection[column], (place) => `${columns[column]} = ${place}::text`);
  return parts.length === 0 ? 'true' : parts.join(' and ');
}

/** The condition on `console.failures f`, with its parameters after those that are there already: any cause may fit. */
export function conditionOf(selection: Selection, parameters: unknown[]): string {
  const parts: string[] = [];
  const add = adding(parts, parameters);
  const onFirst = conditionOnCause(selection, parameters, ofFailure);
  if (onFirst !== 'true') {
    const onAny = conditionOnCause(selection, parameters);
    parts.push(
      `(${onFirst} or (f.causes <> '[]' and exists (select from jsonb_array_elements(f.causes) o where ${onAny})))`,
    );
  }
  add(selection.ids, (place) => `f.id = any(${place}::text[])`);
  add(selection.systems, (place) => `f.system = any(${place}::text[])`);
  for (const column of ['system', 'service', 'code'] as const)
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
