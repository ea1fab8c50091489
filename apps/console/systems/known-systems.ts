import { both } from '#contracts';
import { problems } from '#http-api';
import type { Configuration, SystemConfiguration } from '#platform';

/** The configured one. @throws Problem when there is none */
export function systemCalled(configuration: Configuration, id: string): SystemConfiguration {
  const found = configuration.systems.find((system) => system.id === id);
  if (found) return found;
  throw problems.notFound(both(`Системы ${id} нет в конфигурации`, `No system ${id} is configured`));
}
