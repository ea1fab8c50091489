import { readFileSync } from 'node:fs';
import { credentials } from 'amqplib';
import { both } from '#contracts';
import { SettingError } from '#platform';

/**
 * What goes with an address when it is dialled: user and password as they were meant (amqplib reads `%D0%BF` as two
 * letters), and for TLS the files that the address names as RabbitMQ's own clients have it: `cacertfile`, `certfile`
 * and `keyfile`. @throws SettingError where such a file cannot be read
 */
export function diallingOf(address: string): object {
  const { username, password, searchParams } = new URL(address);
  const files = Object.entries({ ca: 'cacertfile', cert: 'certfile', key: 'keyfile' }).flatMap(([option, name]) => {
    const file = searchParams.get(name);
    return file === null ? [] : [[option, contentOf(file, name)]];
  });
  return {
    ...(Object.fromEntries(files) as object),
    ...(username !== '' && {
      credentials: credentials.plain(decodeURIComponent(username), decodeURIComponent(password)),
    }),
  };
}

function contentOf(file: string, name: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new SettingError(
      {
        cause: 'broker-certificate-file',
        reason: both(
          `Файл ${file} из параметра ${name} адреса AMQP_URL не читается (${code})`,
          `The file ${file} of the parameter ${name} in AMQP_URL cannot be read (${code})`,
        ),
        cure: both(
          'Положите туда сертификат или ключ (PEM), дайте службе право на чтение и перезапустите её',
          'Put the certificate or the key (PEM) there, let the service read it, and restart it',
        ),
      },
      { cause: error },
    );
  }
}
