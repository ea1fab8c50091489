import { cpus, totalmem } from 'node:os';

/** What the numbers were taken on; no name, no address. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
  postgres: string;
  rabbit: string;
}

export const describeMachine = ({ cpu, cores, memoryGb, node, postgres, rabbit }: Machine): string =>
  `${cpu}, ${cores} cores, ${memoryGb} GB; Node ${node}, PostgreSQL ${postgres}, RabbitMQ ${rabbit}`;

/**
 * @param amqp address of the broker: it tells its version to whoever connects
 * @param database address of PostgreSQL
 */
export async function machine(amqp: string, database: string): Promise<Machine> {
  const [first] = cpus();
  return {
    cpu: first?.model.replace(/\s+/g, ' ').trim() || 'unknown CPU',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: await versionOfPostgres(database),
    rabbit: await versionOfRabbit(amqp),
  };
}

async function versionOfRabbit(url: string): Promise<string> {
  const { connect } = await import('amqplib');
  const connection = await connect(url);
  try {
    const { serverProperties } = connection.connection as { serverProperties: { version?: string } };
    return String(serverProperties.version ?? 'unknown');
  } finally {
    await connection.close();
  }
}

async function versionOfPostgres(url: string): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]!.server_version.split(' ')[0]!;
  } finally {
    await client.end();
  }
}
