import { journalName } from '#contracts';
import { exchange, journalExchange } from './topology.js';

/** What RabbitMQ lets a user do, as regular expressions over names of exchanges and queues. */
export interface Permissions {
  configure: string;
  write: string;
  read: string;
}

const system = '[a-z0-9-]+';
const dot = '\\.';

/**
 * The least that a service needs once `itk prepare broker` has made the topology: to read its own queues (the console
 * also the dead letters of all), to publish to the exchanges, and to put messages back by the default exchange. It
 * declares and deletes nothing. `amq.default` is the broker's name for the default exchange.
 */
export function permissionsOf(service: string): Permissions {
  const own = `${service}${dot}${system}`;
  const dead = `[a-z-]+${dot}${system}${dot}dead`;
  return {
    configure: '^$',
    write: `^(${exchange.replace('.', dot)}|${journalExchange.replace('.', dot)}|amq${dot}default)$`,
    read: service === journalName ? `^(${own}|${dead})$` : `^${own}$`,
  };
}
