import type { DataSource } from 'typeorm';
import { topologyOf, type Broker } from '#messaging';

/**
 * Schemas in which `system` is a system's id. That one place removes rows of all of them is the exception to "a service
 * touches only its own": no service knows a system that is no longer configured. 1C's component is not among them: its
 * `system` is a code of 1C's own directory, and its registers are 1C's.
 */
const schemas = [
  'console',
  'operations',
  'onec_poller',
  'user_provisioner',
  'course_enroller',
  'success_reporter',
  'error_flagger',
  'ims_gateway',
];

async function tablesOf(dataSource: DataSource): Promise<string[]> {
  const rows = (await dataSource.query(
    `select format('%I.%I', c.table_schema, c.table_name) as name
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = any($1) and c.column_name = 'system' and t.table_type = 'BASE TABLE' order by 1`,
    [schemas],
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}

export async function rowsOfSystem(
  dataSource: DataSource,
  system: string,
): Promise<{ table: string; number: number }[]> {
  const counts = [];
  for (const table of await tablesOf(dataSource)) {
    const [row] = (await dataSource.query(`select count(*)::int as number from ${table} where system = $1`, [
      system,
    ])) as { number: number }[];
    if (row!.number > 0) counts.push({ table, number: row!.number });
  }
  return counts;
}

/** Queues first: were the rows gone first, a message still waiting would begin a student anew. */
export async function removeSystem(
  dataSource: DataSource,
  broker: Broker,
  system: string,
): Promise<{ queues: number } | { busy: string }> {
  const names = topologyOf([system]).map(({ name }) => name);
  let channel = await broker.channel();
  const standing: string[] = [];
  for (const name of names) {
    try {
      const { consumerCount } = await channel.checkQueue(name);
      if (consumerCount > 0) {
        await channel.close();
        return { busy: name };
      }
      standing.push(name);
    } catch {
      channel = await broker.channel(); // there is no such queue: the broker has closed the channel
    }
  }
  for (const name of standing) await channel.deleteQueue(name);
  await channel.close();
  await dataSource.transaction(async (manager) => {
    await manager.query(
      `delete from console.replay_items i using console.failures f where f.id = i.failure and f.system = $1`,
      [system],
    );
    for (const table of await tablesOf(dataSource))
      await manager.query(`delete from ${table} where system = $1`, [system]);
  });
  return { queues: standing.length };
}
