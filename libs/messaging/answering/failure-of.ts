import { ContractError, both, type Failure } from '#contracts';
import { databaseTrouble, isDatabaseAway } from '#persistence';
import { isBrokerAway } from '../broker/broker.js';

/** Cause of a publish that the broker did not confirm: the connection broke, or it refused the message. */
export const brokerAway = 'broker-away';

/** Causes of our own making: the system has been asked nothing, and is not to blame. */
export const databaseAway = 'database-away';
export const databaseSetting = 'database-setting';

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
  if (isDatabaseAway(error)) {
    return {
      kind: 'outage',
      cause: databaseAway,
      reason: both('База данных недоступна', 'The database is away'),
    };
  }
  const setting = databaseTrouble(error);
  if (setting) return { kind: 'configuration', cause: databaseSetting, reason: setting.reason, cure: setting.cure };
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
