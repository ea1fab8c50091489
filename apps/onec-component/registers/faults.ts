import type { EntityManager } from 'typeorm';

/** A fault that GetStudents has found: the student's code, the text of the element, and its number in the system. */
export type FoundFault = { code: string; error: string; sequence: number };

/** Numbers the faults of a page. To be called in the transaction that sets their Error rows. */
export async function noteFaults(
  db: EntityManager,
  system: string,
  found: readonly { code: string; text: string }[],
  milliseconds: number,
): Promise<void> {
  if (found.length === 0) return;
  // Its row stays locked to the commit: a reader who has seen number n has seen every fault numbered below it.
  const [row] = (await db.query(
    `insert into onec_component.fault_sequences as s (system, last) values ($1, 0)
     on conflict (system) do update set last = s.last returning last`,
    [system],
  )) as { last: string }[];
  const first = Math.max(Number(row!.last) + 1, milliseconds);
  await db.query(
    `insert into onec_component.faults (system, student, sequence, text)
     select $1, fault.* from unnest($2::text[], $3::bigint[], $4::text[]) as fault
     on conflict (system, student) do update set sequence = excluded.sequence, text = excluded.text`,
    [system, found.map(({ code }) => code), found.map((_, index) => first + index), found.map(({ text }) => text)],
  );
  await db.query('update onec_component.fault_sequences set last = $2 where system = $1', [
    system,
    first + found.length - 1,
  ]);
}

/** These are offered again, or were offered without a fault: what was found before speaks of them no more. */
export async function forgetFaults(db: EntityManager, system: string, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  await db.query('delete from onec_component.faults where system = $1 and student = any($2::text[])', [system, codes]);
}

export async function faultsSince(
  db: EntityManager,
  system: string,
  sequence: number,
  limit: number,
): Promise<FoundFault[]> {
  const rows: { student: string; text: string; sequence: string }[] = await db.query(
    `select student, text, sequence from onec_component.faults
      where system = $1 and sequence > $2 order by sequence limit $3`,
    [system, sequence, limit],
  );
  return rows.map(({ student, text, sequence: number }) => ({ code: student, error: text, sequence: Number(number) }));
}
