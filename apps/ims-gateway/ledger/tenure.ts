import type { DataSource, EntityManager } from 'typeorm';

/** Another process has taken the system over since: stop, touch nothing more. */
export class TenureLostError extends Error {
  override name = 'TenureLostError';
}

/** The right to write for one system, until the next process begins. */
export interface Tenure {
  system: string;
  number: number;
}

/** Becomes the one that works on the system's files: an older one may write no more. */
export async function beginTenure(dataSource: DataSource, system: string): Promise<Tenure> {
  const [row] = (await dataSource.query(
    `insert into ims_gateway.systems as s (system, tenure, clock) values ($1, 1, 0)
     on conflict (system) do update set tenure = s.tenure + 1 returning tenure`,
    [system],
  )) as { tenure: string }[];
  return { system, number: Number(row!.tenure) };
}

/** In one transaction with the proof that no other process has begun since; none may begin before this one ends. */
export function asHolder<T>(
  dataSource: DataSource,
  { system, number }: Tenure,
  work: (manager: EntityManager, clock: number) => Promise<T>,
): Promise<T> {
  return dataSource.transaction(async (manager) => {
    const [row] = (await manager.query('select tenure, clock from ims_gateway.systems where system = $1 for update', [
      system,
    ])) as { tenure: string; clock: string }[];
    if (Number(row?.tenure) !== number)
      throw new TenureLostError(`another process has taken over the files of ${system}`);
    return work(manager, Number(row!.clock));
  });
}
