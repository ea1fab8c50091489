import { both, type Bilingual } from '#contracts';
import { SettingError, tlsTrouble, type SettingTrouble } from '#platform';

/**
 * SQLSTATE of a server that cannot work now: connection lost or refused (08), read-only (25006: a standby, or an
 * administrator's), a transaction ended in which this process stood still (25P03), out of disk, memory or connections
 * (53), cancelled or shutting down (57), its files fail (58).
 */
const awayStates = /^(08...|25006|25P03|53...|57014|57P0.|58...)$/;
const awaySocket = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOENT', // a Unix socket of a stopped server
]);
/** TypeORM's, when a connection died between two statements of a transaction: it drops the runner at once. */
const awayNames = new Set([
  'ConnectionLostError',
  'QueryRunnerAlreadyReleasedError',
  'QueryRunnerProviderAlreadyReleasedError',
]);
/** pg's and TypeORM's own words carry no code. */
const awayText =
  /Connection terminated|Client was closed and is not queryable|timeout exceeded when trying to connect|Client has encountered a connection error|^timeout expired$|DataSource .* is not (initialized|established)|Cannot use a pool after calling end/;

interface Thrown {
  name?: string;
  code?: unknown;
  message?: string;
  syscall?: string;
  query?: unknown;
  driverError?: Thrown;
  errors?: readonly Thrown[];
}

/** SQLSTATE or the socket's code, from TypeORM's wrapping, or from the first of several addresses. */
function codeOf({ code, driverError, errors }: Thrown): string {
  const found = driverError?.code ?? driverError?.errors?.[0]?.code ?? code ?? errors?.[0]?.code;
  return typeof found === 'string' ? found : '';
}

/** A socket that fails outside TypeORM's own try comes bare. Other clients' errors are wrapped, or carry no syscall. */
const isBareSocket = ({ syscall, errors, query, driverError }: Thrown): boolean =>
  syscall !== undefined || errors?.[0]?.syscall !== undefined || query !== undefined || driverError !== undefined;

/**
 * Is the database away: stopped, failing over, read-only, full, without a free connection, or not to be reached? What
 * was to be done waits untouched and is done later. The only place that decides it.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false;
  const thrown = error as Thrown;
  if (awayNames.has(thrown.name ?? '')) return true;
  const code = codeOf(thrown);
  if (awayStates.test(code)) return true;
  if (awaySocket.has(code)) return isBareSocket(thrown);
  return awayText.test(thrown.driverError?.message ?? thrown.message ?? '');
}

const settings: { states: RegExp; cause: string; reason: Bilingual; cure: Bilingual }[] = [
  {
    states: /^28...$/,
    cause: 'database-credentials',
    reason: both(
      'PostgreSQL не принимает пользователя или пароль из DATABASE_URL',
      'PostgreSQL refuses the user or the password of DATABASE_URL',
    ),
    cure: both(
      'Проверьте имя и пароль (символы # % / ? @ : в пароле пишутся как %23 %25 %2F %3F %40 %3A) и pg_hba.conf, затем перезапустите службу',
      'Check user and password (# % / ? @ : in a password are written %23 %25 %2F %3F %40 %3A) and pg_hba.conf, then restart the service',
    ),
  },
  {
    states: /^3D000$/,
    cause: 'database-missing',
    reason: both('Базы данных из DATABASE_URL нет на сервере', 'The database of DATABASE_URL is not on the server'),
    cure: both(
      'Создайте её (createdb) или исправьте имя в DATABASE_URL, затем перезапустите службу',
      'Create it (createdb) or mend its name in DATABASE_URL, then restart the service',
    ),
  },
  {
    states: /^42501$/,
    cause: 'database-rights',
    reason: both('Пользователю базы данных не хватает прав', 'The database user lacks a right'),
    cure: both(
      'Выполните itk prepare database от имени администратора базы (в кластере — задание migrations), или сделайте пользователя владельцем базы (alter database … owner to …)',
      'Run itk prepare database as an administrator of the database (in a cluster: the Job migrations), or make the user the owner of the database (alter database … owner to …)',
    ),
  },
];

/** What in the settings of the database stands in the way: it does not get better by itself. */
export function databaseTrouble(error: unknown): SettingTrouble | undefined {
  if (error === null || typeof error !== 'object') return undefined;
  if (error instanceof SettingError) return error.trouble;
  const thrown = error as Thrown;
  const tls = tlsTrouble(thrown.driverError ?? error, 'PostgreSQL');
  if (tls) return tls;
  if (/server does not support SSL connections/.test(thrown.message ?? ''))
    return {
      cause: 'database-without-tls',
      reason: both('Сервер PostgreSQL не поддерживает TLS', 'The PostgreSQL server speaks no TLS'),
      cure: both(
        'Включите TLS на сервере (ssl = on) или уберите sslmode из DATABASE_URL',
        'Switch TLS on at the server (ssl = on) or take sslmode out of DATABASE_URL',
      ),
    };
  // pg reads the files that its address names; a socket that is missing has another syscall
  const { code, path, syscall } = thrown as { code?: unknown; path?: unknown; syscall?: string };
  if (syscall === 'open' && typeof path === 'string')
    return {
      cause: 'database-certificate-file',
      reason: both(
        `Файл ${path} из DATABASE_URL (sslrootcert, sslcert или sslkey) не читается (${String(code)})`,
        `The file ${path} of DATABASE_URL (sslrootcert, sslcert or sslkey) cannot be read (${String(code)})`,
      ),
      cure: both(
        'Положите туда сертификат или ключ (PEM), дайте службе право на чтение и перезапустите её',
        'Put the certificate or the key (PEM) there, let the service read it, and restart it',
      ),
    };
  const found = settings.find(({ states }) => states.test(codeOf(thrown)));
  return found && { cause: found.cause, reason: found.reason, cure: found.cure };
}

/** The server answers and cannot write. */
export class ReadOnlyDatabaseError extends Error {
  override name = 'ReadOnlyDatabaseError';
  readonly code = '25006';
  constructor() {
    super('the database is read-only (a standby, or default_transaction_read_only): connect to the primary');
  }
}

/** Sends one statement. */
export type Ask = (sql: string) => Promise<unknown>;

/** Throws unless the server takes writes: a standby answers every question and can keep nothing. */
export async function proveWritable(ask: Ask): Promise<void> {
  const answer = (await ask(
    `select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "readOnly"`,
  )) as { readOnly: boolean }[] | { rows: { readOnly: boolean }[] };
  const [row] = Array.isArray(answer) ? answer : answer.rows;
  if (row?.readOnly !== false) throw new ReadOnlyDatabaseError();
}

/** As {@link proveWritable}, and the disk has room: more is sorted than the least memory holds. Leaves nothing behind. */
export async function proveRoom(ask: Ask): Promise<void> {
  await proveWritable(ask);
  await ask(
    `set local work_mem = '64kB';
     select max(n) from (select n from generate_series(1, 20000) n order by md5(n::text) offset 1) sorted`,
  );
}
