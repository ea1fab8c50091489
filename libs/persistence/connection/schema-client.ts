import pg from 'pg';
import { both } from '#contracts';
import { SettingError } from '#platform';

type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

/** What a connection says when it is asked. */
interface Asked {
  rows: Record<string, string>[];
}

/**
 * A transaction in which nothing is asked for so long belongs to a process that stands still: the server ends it and
 * frees its rows and locks. Who waits for others in a transaction says `set local` there. Milliseconds.
 */
const transactionRestsAtMost = 60_000;
/** Unless an administrator has set a limit of their own. */
const limitRests = `select set_config('idle_in_transaction_session_timeout', '${transactionRestsAtMost}', false)
  where current_setting('idle_in_transaction_session_timeout') = '0'`;

/**
 * A client for the pool that sets its search path by a statement and looks at it: a pooler may refuse the start
 * parameter `options` (PgBouncer does) or swallow it, and then a service would find the tables of `public`.
 */
export function clientIn(schema: string): typeof pg.Client {
  const path = `${schema}, public`;
  class SchemaClient extends pg.Client {
    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<pg.Client> | void {
      // The pool listens only from its callback on: a connection lost before that fails what is asked, and must not
      // end the process as an error that nobody hears.
      this.on('error', () => undefined);
      const connected = super.connect().then(() => this.enter());
      if (callback === undefined) return connected;
      connected.then(
        () => (callback as (error: null, client: pg.Client) => void)(null, this),
        (error: Error) => (callback as (error: Error) => void)(error),
      );
    }

    private async enter(): Promise<this> {
      try {
        await this.query(`set search_path to ${path}`);
        const { rows } = (await this.query('show search_path')) as Asked;
        if (rows[0]?.search_path !== path) throw new SettingError(searchPathLost);
        await this.query(limitRests);
        return this;
      } catch (error) {
        await this.end().catch(() => undefined);
        throw error;
      }
    }
  }
  return SchemaClient as unknown as typeof pg.Client;
}

const byPgBouncer = both(
  'Подключайте службы к PostgreSQL напрямую или через пул в режиме session (PgBouncer: pool_mode = session): им нужны LISTEN, блокировки и search_path одного сеанса',
  'Connect services to PostgreSQL itself or through a pooler in session mode (PgBouncer: pool_mode = session): they need LISTEN, locks and search_path of one session',
);

const searchPathLost = {
  cause: 'database-search-path',
  reason: both(
    'Соединение с PostgreSQL не сохраняет search_path: между службой и базой стоит пул соединений',
    'The connection to PostgreSQL does not keep its search_path: a connection pooler stands in between',
  ),
  cure: byPgBouncer,
};

/** Process ids of the backends that two connections had, each asked several times. */
export type Backends = readonly [readonly number[], readonly number[]];

/**
 * Throws where a pooler lends sessions of PostgreSQL to several clients: two connections that are open at once have the
 * same backend, or one has another than before. Locks and LISTEN would belong to whoever comes next.
 */
export function proveOwnSessions([one, other]: Backends): void {
  const lent = one.some((backend) => backend !== one[0] || other.includes(backend));
  if (lent || other.some((backend) => backend !== other[0]))
    throw new SettingError({
      cause: 'database-pooler',
      reason: both(
        'Между службой и PostgreSQL стоит пул соединений в режиме transaction: один сеанс достаётся нескольким клиентам',
        'A connection pooler in transaction mode stands before PostgreSQL: several clients share one session',
      ),
      cure: byPgBouncer,
    });
}
