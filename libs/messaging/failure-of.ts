import { ContractError, both, type Failure } from '#contracts';
import { isBrokerAway } from './broker.js';

/** PostgreSQL's and the socket's ways to say that the database is away (SQLSTATE classes 08 and 57P). */
const databaseAway = /^(08...|57P0[1-3]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const databaseAwayText =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|DataSource .* is not (initialized|established)|Cannot use a pool after calling end/;

/** Cause of a publish that the broker did not confirm: the connection broke, or it refused the message. */
export const brokerAway = 'broker-away';

function ofDatabase(error: unknown): boolean {
  const { code, driverError, message, name, query } = error as {
    code?: string;
    driverError?: { code?: string; message?: string };
    message?: string;
    name?: string;
    query?: string;
  };
  const fromDriver = name === 'QueryFailedError' || driverError !== undefined || query !== undefined;
  if (name === 'ConnectionLostError') return true;
  if (databaseAwayText.test(driverError?.message ?? message ?? '')) return true;
  return fromDriver ? databaseAway.test(driverError?.code ?? code ?? '') : /^(08...|57P0[1-3])$/.test(code ?? '');
}

/** PostgreSQL's ways to say so: of a text, of JSON with a NUL, of JSON with half a surrogate pair. */
const unstorable = new Set(['22021', '22P05', '22P02']);
const isUnstorable = (error: unknown): boolean =>
  unstorable.has((error as { driverError?: { code?: string } } | undefined)?.driverError?.code ?? '');

/**
 * What any thrown thing means for the message in hand. Clients' errors carry their failure; the rest is either our own
 * database being away, a broken contract, or a fault of this program, which may pass: it climbs the ladder and is dead
 * at its end.
 */
export function failureOf(error: unknown): Failure {
  const carried = (error as { failure?: Failure } | undefined)?.failure;
  if (carried && typeof carried.kind === 'string') return carried;
  if (error instanceof ContractError) {
    return {
      kind: 'contract',
      cause: 'contract-broken',
      reason: both(
        `Сообщение нарушает контракт: ${error.message}`,
        `The message breaks its contract: ${error.message}`,
      ),
    };
  }
  if (isBrokerAway(error)) {
    return {
      kind: 'outage',
      cause: brokerAway,
      reason: both(
        'Брокер сообщений недоступен или не принимает сообщения',
        'The message broker is away or takes no messages',
      ),
    };
  }
  if (error !== null && typeof error === 'object' && ofDatabase(error)) {
    return {
      kind: 'outage',
      cause: 'database-away',
      reason: both('База данных недоступна', 'The database is away'),
    };
  }
  if (isUnstorable(error)) {
    return {
      kind: 'contract',
      cause: 'text-unstorable',
      reason: both(
        'В сообщении стоит то, что база данных не может хранить: нулевой символ или половина суррогатной пары',
        'The message holds what the database cannot keep: a NUL character or half a surrogate pair',
      ),
    };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return {
    kind: 'temporary',
    cause: 'unexpected-error',
    about: name,
    reason: both(`Непредвиденная ошибка программы (${name})`, `An unexpected error of the program (${name})`),
    cure: both(
      'Найдите ошибку в журнале службы по идентификатору сообщения и сообщите разработчикам',
      'Find the error in the log of the service by the message id and report it to the developers',
    ),
  };
}
