import type { EntityManager } from 'typeorm';
import type { Evidence } from '../evidence.js';

export async function evidenceOn(
  manager: EntityManager,
  system: string,
  subjects: readonly string[],
): Promise<Map<string, Evidence>> {
  if (subjects.length === 0) return new Map();
  const rows = (await manager.query(
    'select subject, evidence from console.known where system = $1 and subject = any($2)',
    [system, subjects],
  )) as { subject: string; evidence: Evidence }[];
  return new Map(rows.map(({ subject, evidence }) => [subject, evidence]));
}

/** `known`: of those of whom something new is known. */
export async function saveEvidence(
  manager: EntityManager,
  system: string,
  known: ReadonlyMap<string, Evidence>,
): Promise<void> {
  if (known.size === 0) return;
  // JSON holds no line break of its own, so one ends each piece: cheaper than an array to write and to read.
  await manager.query(
    `insert into console.known (system, subject, evidence, study_group, outcome)
     select $1, subject, evidence, evidence->'group'->>'name', evidence->'outcome'->>'is'
     from (select subject, line::jsonb as evidence
           from unnest($2::text[], string_to_array($3, E'\\n')) as r (subject, line)) as r
     on conflict (system, subject) do update set
       evidence = excluded.evidence, study_group = excluded.study_group, outcome = excluded.outcome`,
    [system, [...known.keys()], linesOf([...known.values()])],
  );
}

export const linesOf = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join('\n');
