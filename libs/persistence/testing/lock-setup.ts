import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../connection/data-source.js';
import { lockSessions } from './lock-sessions.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A database for all tests of a spec file, and a connection beside the locks' that looks at them and ends them. */
export class LockSetup {
  control!: pg.Client;
  private database!: TestDatabase;
  private places = 0;

  constructor() {
    beforeAll(async () => {
      this.database = await createTestDatabase();
      this.control = new pg.Client({ connectionString: this.url });
      await this.control.connect();
    });
    afterAll(async () => {
      await this.control.end();
      await this.database.drop();
    });
  }

  get url(): string {
    return this.database.url;
  }

  /** Its own each: between them stands only PostgreSQL, as between processes. */
  readonly address = (): string => `${this.url}?connect_timeout=${++this.places + 10}`;

  readonly process = (): DataSource =>
    createDataSource({ url: this.address(), schema: 'none', entities: [], migrations: [] });

  readonly sessions = (key: string, held: boolean): Promise<number[]> => lockSessions(this.control, key, held);

  readonly kill = async (key: string, held = true): Promise<void> => {
    const [pid] = await this.sessions(key, held);
    await this.control.query('select pg_terminate_backend($1)', [pid]);
  };
}
