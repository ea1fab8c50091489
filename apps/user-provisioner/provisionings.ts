import type { DataSource } from 'typeorm';
import type { MoodleClients } from '#moodle';
import { PerSystem, type Configuration } from '#platform';
import { Ledger } from './ledger/ledger.js';
import { FileAccounts } from './file/file-accounts.js';
import { MoodleAccounts } from './moodle/moodle-accounts.js';
import { noPasswords, SealedPasswords } from './passwords/passwords.js';
import { Provisioning } from './provisioning.js';
import { SecretBox } from './passwords/secret-box.js';
import { SecretKeys } from './passwords/secret-keys.js';
import { accountSettings, type AccountSettings } from './rules/settings.js';

/** The work on accounts, for each system. @throws ConfigurationError, SecretKeyError when it cannot begin */
export class Provisionings extends PerSystem<Provisioning> {
  /** Of the systems that keep first passwords. */
  readonly sealed: ReadonlyMap<string, SealedPasswords>;

  constructor(configuration: Pick<Configuration, 'systems'>, dataSource: DataSource, clients: MoodleClients) {
    const settings = new PerSystem(configuration.systems, accountSettings);
    const sealed = sealedPasswords(configuration.systems, settings);
    super(configuration.systems, ({ id }) => {
      const own = settings.of(id);
      return new Provisioning({
        settings: own,
        ledger: new Ledger(dataSource, id),
        accounts: own.inFile ? new FileAccounts(dataSource, id) : new MoodleAccounts(clients.of(id)),
        passwords: sealed.get(id) ?? noPasswords,
      });
    });
    this.sealed = sealed;
  }
}

function sealedPasswords(
  systems: Configuration['systems'],
  settings: PerSystem<AccountSettings>,
): Map<string, SealedPasswords> {
  const keeping = systems.filter(({ id }) => settings.of(id).password === 'random');
  if (keeping.length === 0) return new Map();
  const box = new SecretBox(new SecretKeys(process.env.ITK_SECRET_KEY_FILE).current);
  return new Map(keeping.map(({ id }) => [id, new SealedPasswords(box, id)]));
}
