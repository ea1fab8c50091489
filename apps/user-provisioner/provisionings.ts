import type { DataSource } from 'typeorm';
import type { MoodleClients } from '#moodle';
import type { Configuration } from '#platform';
import { Ledger } from './ledger/ledger.js';
import { MoodleAccounts } from './moodle/moodle-accounts.js';
import { noPasswords, SealedPasswords } from './passwords/passwords.js';
import { Provisioning } from './provisioning.js';
import { readSecretKey, SecretBox } from './passwords/secret-box.js';
import { accountSettings, type AccountSettings } from './rules/settings.js';

/** The work on accounts, for each system. @throws ConfigurationError, SecretKeyError when it cannot begin */
export class Provisionings {
  private readonly provisionings: Map<string, Provisioning>;

  constructor(configuration: Pick<Configuration, 'systems'>, dataSource: DataSource, clients: MoodleClients) {
    const settings = configuration.systems.map((system) => ({ id: system.id, settings: accountSettings(system) }));
    const box = settings.some(({ settings: { password } }) => password === 'random')
      ? new SecretBox(readSecretKey(process.env.ITK_SECRET_KEY_FILE))
      : undefined;
    this.provisionings = new Map(
      settings.map(({ id, settings: own }) => [
        id,
        new Provisioning({
          settings: own,
          ledger: new Ledger(dataSource, id),
          accounts: new MoodleAccounts(clients.of(id)),
          passwords: passwordsOf(id, own, box),
        }),
      ]),
    );
  }

  of(system: string): Provisioning {
    return known(this.provisionings, system);
  }
}

const passwordsOf = (system: string, { password }: AccountSettings, box: SecretBox | undefined) =>
  password === 'random' && box ? new SealedPasswords(box, system) : noPasswords;

function known<T>(map: Map<string, T>, system: string): T {
  const found = map.get(system);
  if (!found) throw new Error(`no system ${system} is configured`);
  return found;
}
