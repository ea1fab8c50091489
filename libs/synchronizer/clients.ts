import type { DataSource } from 'typeorm';
import { both, failed } from '#contracts';
import { withAdvisoryLock } from '#persistence';
import { readSecret, type Configuration, type SystemConfiguration } from '#platform';
import { SynchronizerClient, type SynchronizerOptions } from './client.js';

/** The infobase behind a publication: `https://server/base` of `https://server/base/ws/ITK_Synchronizer.1cws`. */
export function infobaseOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  const base = pathname.replace(/\/ws\/[^/]*\/?$/i, '').replace(/\/+$/, '');
  return `${protocol}//${host}${base}`.toLowerCase();
}

type Configured = Pick<SystemConfiguration, 'synchronizer'>;

/** How a system's 1C is to be called: one call at a time per infobase over all services and replicas on this database. */
export const optionsFor = ({ synchronizer }: Configured, dataSource: DataSource): SynchronizerOptions => ({
  url: synchronizer.url,
  user: synchronizer.user,
  password: () => passwordOf(synchronizer.passwordFile),
  namespace: synchronizer.namespace,
  rename: synchronizer.rename,
  errorCodePattern: synchronizer.errorCodePattern,
  serialize: (work) => withAdvisoryLock(dataSource, `infobase ${infobaseOf(synchronizer.url)}`, work),
});

/** A client for a system. */
export const clientFor = (system: Configured, dataSource: DataSource): SynchronizerClient =>
  new SynchronizerClient(optionsFor(system, dataSource));

/** The clients of a service, one for each system. */
export class SynchronizerClients {
  private readonly clients: Map<string, { system: SystemConfiguration; client: SynchronizerClient }>;

  constructor(configuration: Configuration, dataSource: DataSource) {
    this.clients = new Map(
      configuration.systems.map((system) => [system.id, { system, client: clientFor(system, dataSource) }]),
    );
  }

  of(id: string): { system: SystemConfiguration; client: SynchronizerClient } {
    const found = this.clients.get(id);
    if (!found) throw new Error(`no system ${id} is configured`);
    return found;
  }
}

function passwordOf(file: string): string {
  try {
    return readSecret(file);
  } catch (error) {
    throw failed(
      'configuration',
      'onec-password-file',
      both('Файл пароля учётной записи 1С не читается', 'The password file of the 1C account cannot be read'),
      {
        cure: both(
          'Проверьте synchronizer.passwordFile и права на файл',
          'Check synchronizer.passwordFile and its rights',
        ),
        error,
      },
    );
  }
}
