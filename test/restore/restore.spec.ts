import pg from 'pg';
import { restoring } from './restoring.js';

/** The database goes back, the queues stay as they are; `pg_dump` and the broker's definitions are the proof's. */
describe('a database older than Moodle and the queues', () => {
  restoring({
    students: 24,
    copyOf: async (url) => {
      const [name, kept] = [new URL(url).pathname.slice(1), `${new URL(url).pathname.slice(1)}_kept`];
      const server = new URL(process.env.ITK_TEST_DATABASE_URL!).href;
      const command = async (...statements: string[]): Promise<void> => {
        const client = new pg.Client({ connectionString: server });
        await client.connect();
        for (const statement of statements) await client.query(statement);
        await client.end();
      };
      return {
        make: () =>
          command(
            // a template must have no connections: the services meet a database that is away, and come back
            `alter database ${name} allow_connections false`,
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
            `create database ${kept} template ${name}`,
            `alter database ${name} allow_connections true`,
          ),
        restore: () => command(`drop database ${name} with (force)`, `alter database ${kept} rename to ${name}`),
      };
    },
  });
});
