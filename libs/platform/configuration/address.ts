import { both } from '#contracts';
import { nearest } from './problems/nearest.js';
import type { Problem } from './problems/problems.js';

type About = Pick<Problem, 'what' | 'mend'>;

/** What pg understands of an address; anything else it would pass over without a word. */
const parameters = [
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslnegotiation',
  'ssl',
  'uselibpqcompat',
  'host',
  'application_name',
  'statement_timeout',
  'lock_timeout',
];
/** RabbitMQ's names for the files of TLS, and what amqplib understands. */
const tlsFiles = ['cacertfile', 'certfile', 'keyfile'];
const brokerParameters = [...tlsFiles, 'heartbeat', 'channelMax', 'frameMax', 'locale'];
const sslmodes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** User and password as they stand in the address, up to the last @: one that is not escaped may hide in them. */
const signedIn = /^[a-z]+:\/\/([^]*)@/;
const escaped: Record<string, string> = { '#': '%23', '/': '%2F', '?': '%3F', '@': '%40', '%': '%25', ' ': '%20' };

/**
 * What is wrong with the address of the database or the broker, before anybody is called. Names no part of it: it
 * holds a password.
 */
export function problemsOfAddress(part: 'database' | 'broker', address: string): About[] {
  const hidden = [...(signedIn.exec(address)?.[1] ?? '').matchAll(/[#/?@ ]|%(?![0-9a-f]{2})/gi)].map(([sign]) => sign);
  if (hidden.length > 0) {
    const signs = [...new Set(hidden)];
    const list = signs.map((sign) => (sign === ' ' ? '␠' : sign)).join(' ');
    const mend = signs.map((sign) => escaped[sign]).join(' ');
    return [
      {
        what: both(
          `в имени или пароле стоит знак, который адрес понимает иначе: ${list}`,
          `user or password hold a sign that means something else in an address: ${list}`,
        ),
        mend: both(`напишите вместо него: ${mend}`, `write instead: ${mend}`),
      },
    ];
  }
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return [
      {
        what: both('это не адрес', 'this is no address'),
        mend:
          part === 'database'
            ? both('нужно: postgres://имя:пароль@сервер:5432/база', 'write postgres://user:password@host:5432/database')
            : both('нужно: amqp://имя:пароль@сервер:5672/vhost', 'write amqp://user:password@host:5672/vhost'),
      },
    ];
  }
  return part === 'database' ? ofTheDatabase(url) : ofTheBroker(url);
}

function ofTheBroker(url: URL): About[] {
  const problems: About[] = [...url.searchParams.keys()].flatMap((name) => unknownParameter(name, brokerParameters));
  if (url.pathname === '/' && /^[a-z]+:\/\/[^/]+\/$/.test(url.href))
    problems.push({
      what: both(
        'после адреса сервера стоит «/», а за ней нет имени vhost',
        'a "/" follows the host, and no vhost follows it',
      ),
      mend: both(
        'уберите «/», если нужен vhost «/», или допишите имя (косая черта в имени пишется %2F)',
        'take the "/" away for the vhost "/", or add its name (a slash in a name is written %2F)',
      ),
    });
  const files = tlsFiles.filter((name) => url.searchParams.has(name));
  if (files.length > 0 && url.protocol !== 'amqps:')
    problems.push({
      what: both(`параметр ${files[0]} нужен только для TLS`, `the parameter ${files[0]} is for TLS only`),
      mend: both('адрес с TLS начинается с amqps://', 'an address with TLS begins with amqps://'),
    });
  if (url.searchParams.has('certfile') !== url.searchParams.has('keyfile'))
    problems.push({
      what: both('certfile и keyfile указывают вместе', 'certfile and keyfile belong together'),
      mend: both(
        'допишите недостающий: сертификат службы и её закрытый ключ',
        "add the missing one: the service's certificate and its private key",
      ),
    });
  return problems;
}

function unknownParameter(name: string, known: readonly string[]): About[] {
  if (known.includes(name)) return [];
  const meant = nearest(name, known);
  return [
    {
      what: both(`параметра «${name}» у адреса нет`, `an address has no parameter "${name}"`),
      mend: meant
        ? both(`вероятно, это «${meant}»`, `probably "${meant}" is meant`)
        : both(`уберите его; бывают: ${known.join(', ')}`, `take it away; known are ${known.join(', ')}`),
    },
  ];
}

function ofTheDatabase(url: URL): About[] {
  const problems: About[] = [];
  if (url.pathname.length <= 1)
    problems.push({
      what: both('имя базы данных не указано', 'no database is named'),
      mend: both('допишите его после адреса сервера: …:5432/itk', 'add it after the host: …:5432/itk'),
    });
  for (const [name, value] of url.searchParams) {
    if (name === 'options')
      problems.push({
        what: both(
          'параметр options подменил бы схему, в которой служба хранит свои таблицы',
          'the parameter options would replace the schema in which a service keeps its tables',
        ),
        mend: both(
          'уберите его из адреса; настройки сеанса задаются роли: alter role … set …',
          'take it out of the address; settings of a session are given to the role: alter role … set …',
        ),
      });
    else if (!parameters.includes(name)) problems.push(...unknownParameter(name, parameters));
    else if (name === 'sslmode' && !sslmodes.includes(value))
      problems.push({
        what: both('такого sslmode нет', 'there is no such sslmode'),
        mend: both(`бывают: ${sslmodes.join(', ')}`, `write one of ${sslmodes.join(', ')}`),
      });
  }
  return problems;
}
