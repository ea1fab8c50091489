import type { DataSource } from 'typeorm';
import type { MoodleClients } from '#moodle';
import { PerSystem, type Configuration } from '#platform';
import { Ledger } from './ledger/ledger.js';
import { FileAccounts } from './file/file-accounts.js';
import { MoodleAccounts } from './moodle/moodle-accounts.js';
import { noPasswords, SealedPasswords } from './passwords/passwords.js';
import { Provisioning } from './provisioning.js';
import { readSecretKey, SecretBox } from './passwords/secret-box.js';
import { accountSettings, type AccountSettings } from './rules/settings.js';

/** The work on accounts, for each system. @throws ConfigurationError, SecretKeyError when it cannot begin */
export class Provisionings extends PerSystem<Provisioning> {
  constructor(configuration: Pick<Configuration, 'systems'>, dataSource: DataSource, clients: MoodleClients) {
    const settings = new PerSystem(configuration.systems, accountSettings);
    const box = settings.all().some(({ password }) => password === 'random')
      ? new SecretBox(readSecretKey(process.env.ITK_SECRET_KEY_FILE))
      : undefined;
    super(configuration.systems, ({ id }) => {
      const own = settings.of(id);
      return new Provisioning({
        settings: own,
        ledger: new Ledger(dataSource, id),
        accounts: own.inFile ? new FileAccounts(dataSource, id) : new MoodleAccounts(clients.of(id)),
        passwords: passwordsOf(id, own, box),
      });
    });
  }
}

const passwordsOf = (system: string, { password }: AccountSettings, box: SecretBox | undefined) =>
  password === 'random' && box ? new SealedPasswords(box, system) : noPasswords;
