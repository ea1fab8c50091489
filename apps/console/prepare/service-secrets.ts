import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { both } from '#contracts';
import { readSecret } from '#platform';
import { CommandError } from '../cli/output/told.js';

/** What one service signs in as, out of the address that it is given. */
export interface SignIn {
  /** `user-provisioner`: the folder's name. */
  service: string;
  user: string;
  password: string;
}

/**
 * Reads `FOLDER/<service>/<file>` of every service that has it: the very files that the services are given, so that
 * what is made and what is used cannot differ.
 * @param file `database-url` or `amqp-url`
 * @throws CommandError where there are none, or an address names no user and password
 */
export function signInsOf(folder: string, file: 'database-url' | 'amqp-url'): SignIn[] {
  const services = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, file))) : [];
  if (services.length === 0)
    throw new CommandError(
      both(
        `В ${folder} нет файлов вида СЛУЖБА/${file} с адресом, под которым служба входит`,
        `${folder} holds no files SERVICE/${file} with the address that a service signs in by`,
      ),
    );
  return services.sort().map((service) => {
    const { username, password } = addressIn(join(folder, service, file));
    return { service, user: decodeURIComponent(username), password: decodeURIComponent(password) };
  });
}

function addressIn(path: string): URL {
  try {
    const address = new URL(readSecret(path));
    if (address.username !== '' && address.password !== '') return address;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  // The address holds a password: it is not quoted.
  throw new CommandError(
    both(
      `${path}: нужен адрес с именем и паролем (знаки # % / ? @ : в пароле пишутся %23 %25 %2F %3F %40 %3A)`,
      `${path}: must be an address with user and password (# % / ? @ : in a password are written %23 %25 %2F %3F %40 %3A)`,
    ),
  );
}
