import { both } from '#contracts';
import { problems } from '#http-api';
import { isFedBy1C, type Configuration, type FedBy1C, type SystemConfiguration } from '#platform';
import { notFedBy1C } from '../ask/ask-again.js';

/** The configured one. @throws Problem when there is none */
export function systemCalled(configuration: Configuration, id: string): SystemConfiguration {
  const found = configuration.systems.find((system) => system.id === id);
  if (found) return found;
  throw problems.notFound(both(`Системы ${id} нет в конфигурации`, `No system ${id} is configured`));
}

/** The configured one, if 1C feeds it. @throws Problem when it does not */
export function systemOfOneC(configuration: Configuration, id: string): FedBy1C {
  const system = systemCalled(configuration, id);
  if (isFedBy1C(system)) return system;
  throw problems.notFound(notFedBy1C(id));
}
