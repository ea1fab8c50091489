import { guideOfMirror } from './mirror.js';
import { both, type Bilingual } from '#contracts';
import { guideOfIms } from './ims.js';
import { openIdGuide } from './openid.js';

const address = both(
  'адрес, который начинается с http:// или https://',
  'an address that begins with http:// or https://',
);
const zone = both('часовой пояс IANA, например Europe/Moscow', 'an IANA zone, such as Europe/Moscow');
const duration = both(
  'длительность по ISO 8601 больше нуля: P1M (месяц), P14D (14 дней), PT5S (5 секунд)',
  'an ISO 8601 duration above zero: P1M (a month), P14D (14 days), PT5S (5 seconds)',
);
const template = both(
  'шаблон, например {code} или {lastname}.{firstname:1}',
  'a template, such as {code} or {lastname}.{firstname:1}',
);
const whole = (from: number, to: number): Bilingual =>
  both(`целое число от ${from} до ${to}`, `a whole number from ${from} to ${to}`);
const oneOf = (...words: string[]): Bilingual =>
  both(`одно из слов: ${words.join(', ')}`, `one of the words: ${words.join(', ')}`);
const clock = both('время суток: 09:00', 'a time of the day: 09:00');
const mailbox = both('адрес почты, например itk@example.edu', 'an address of mail, such as itk@example.edu');
const pem = both('путь к файлу PEM', 'path of a PEM file');
const section = both('раздел: вложенные ключи с отступом', 'a section: keys below it, indented');

/**
 * What each key of the file expects, for the person who mends it. `[]` stands for any item of a list, `*` for any key
 * of a table. A test holds it against the schema: every key has its line.
 */
export const guide: Record<string, Bilingual> = {
  database: section,
  'database.url': both(
    'postgres://пользователь:пароль@узел:5432/база; лучше в переменной DATABASE_URL или DATABASE_URL_FILE',
    'postgres://user:password@host:5432/database; better in the variable DATABASE_URL or DATABASE_URL_FILE',
  ),
  broker: section,
  'broker.url': both(
    'amqp://пользователь:пароль@узел:5672/vhost; лучше в переменной AMQP_URL или AMQP_URL_FILE',
    'amqp://user:password@host:5672/vhost; better in the variable AMQP_URL or AMQP_URL_FILE',
  ),
  'broker.management': section,
  'broker.management.url': both(
    'адрес, который начинается с http:// или https://, например http://rabbitmq:15672',
    'an address that begins with http:// or https://, such as http://rabbitmq:15672',
  ),
  'broker.management.user': both(
    'имя пользователя RabbitMQ с меткой monitoring',
    "name of a RabbitMQ user that is tagged 'monitoring'",
  ),
  'broker.management.passwordFile': both(
    'путь к файлу с его паролем (не сам пароль)',
    'path of the file that holds its password (not the password)',
  ),
  systems: both(
    'список, по одному пункту на каждый сайт Moodle, хотя бы один',
    'a list with one item for each Moodle site, at least one',
  ),
  'systems[]': section,
  'systems[].id': both(
    'от 1 до 32 знаков a-z, 0-9 и -; навсегда: по нему названы очереди',
    '1 to 32 of a-z, 0-9 and -; for ever: queues are named by it',
  ),
  'systems[].els': both(
    'наименование системы в справочнике ЭОС в 1С',
    "the system's Name in 1C's directory of learning systems",
  ),
  'systems[].synchronizer': section,
  'systems[].synchronizer.url': both(
    'адрес веб-сервиса 1С: https://1c.example.edu/univer/ws/ITK_Synchronizer.1cws',
    "address of 1C's web service: https://1c.example.edu/univer/ws/ITK_Synchronizer.1cws",
  ),
  'systems[].synchronizer.user': both('имя пользователя 1С', "the 1C user's name"),
  'systems[].synchronizer.passwordFile': both(
    'путь к файлу с паролем пользователя 1С (не сам пароль)',
    "path of the file that holds the 1C user's password (not the password)",
  ),
  'systems[].synchronizer.namespace': both(
    'пространство имён веб-сервиса (targetNamespace в его WSDL)',
    "the web service's namespace (targetNamespace in its WSDL)",
  ),
  'systems[].synchronizer.zone': zone,
  'systems[].synchronizer.setErrorCronflag': oneOf('auto', 'yes', 'no'),
  'systems[].synchronizer.errorCodePattern': both(
    'регулярное выражение с группой ( ), которая даёт код студента',
    "a regular expression with a group ( ) that gives the student's code",
  ),
  'systems[].synchronizer.rename': both(
    'таблица «наше имя: имя поля в 1С», например lastname: Фамилия',
    "a table «our name: the field's name in 1C», such as lastname: Фамилия",
  ),
  'systems[].synchronizer.rename.*': both('имя поля в 1С', "the field's name in 1C"),
  ...guideOfIms,
  'systems[].moodle': section,
  'systems[].moodle.url': both(
    'адрес сайта (wwwroot в config.php), например https://lms.example.edu',
    'address of the site (wwwroot in config.php), such as https://lms.example.edu',
  ),
  'systems[].moodle.tokenFile': both(
    'путь к файлу с токеном веб-сервиса (не сам токен)',
    "path of the file that holds the web service's token (not the token)",
  ),
  'systems[].moodle.roles': both(
    'таблица «краткое имя роли: её номер», например student: 5',
    "a table «role's short name: its number», such as student: 5",
  ),
  'systems[].moodle.roles.*': both(
    'номер роли: целое число, видно в адресе страницы роли в Moodle (roleid=5)',
    "the role's number: whole, seen in the address of the role's page in Moodle (roleid=5)",
  ),
  'systems[].moodle.maxInputVars': both(
    'целое число не меньше 100: max_input_vars из php.ini сайта',
    "a whole number, at least 100: max_input_vars of the site's php.ini",
  ),
  'systems[].moodle.concurrency': whole(1, 16),
  'systems[].accounts': section,
  'systems[].accounts.per': oneOf('student', 'individual'),
  'systems[].accounts.auth': both(
    'способ входа, включённый в Moodle, например manual или oauth2',
    'a way to sign in that is on in Moodle, such as manual or oauth2',
  ),
  'systems[].accounts.lang': both(
    'код языкового пакета, установленного в Moodle, например ru',
    'code of a language pack installed in Moodle, such as ru',
  ),
  'systems[].accounts.username': template,
  'systems[].accounts.email': template,
  'systems[].accounts.missingNames': section,
  'systems[].accounts.missingNames.lastname': both(
    'шаблон, например {firstname} или -: что ставить вместо фамилии, которой у человека нет',
    'a template, such as {firstname} or -: what stands for the last name of a person who has none',
  ),
  'systems[].accounts.missingNames.firstname': both(
    'шаблон, например {lastname} или -: что ставить вместо имени, которого у человека нет',
    'a template, such as {lastname} or -: what stands for the first name of a person who has none',
  ),
  'systems[].accounts.fields': both(
    'таблица «поле Moodle: шаблон», например department: "{group}"',
    'a table «field of Moodle: template», such as department: "{group}"',
  ),
  'systems[].accounts.fields.*': template,
  'systems[].accounts.password': oneOf('random', 'none'),
  'systems[].accounts.adopt': oneOf('none', 'username'),
  'systems[].enrolment': section,
  'systems[].enrolment.role': both(
    'краткое имя одной из ролей, перечисленных в moodle.roles',
    'the short name of one of the roles in moodle.roles',
  ),
  'systems[].enrolment.removal': oneOf('keep', 'suspend'),
  'systems[].enrolment.grouping': oneOf('none', 'group', 'cohort'),
  'systems[].enrolment.newCourseCategory': both(
    'номер категории: целое число, видно в адресе страницы категории в Moodle (categoryid=2)',
    "the category's number: whole, seen in the address of the category's page in Moodle (categoryid=2)",
  ),
  'systems[].enrolment.editRoles': both(
    'список кратких имён из moodle.roles, например [teacher]',
    'a list of short names from moodle.roles, such as [teacher]',
  ),
  'systems[].enrolment.editRoles[]': both('краткое имя роли', 'the short name of a role'),
  'systems[].period': duration,
  'systems[].pollInterval': duration,
  'systems[].window': whole(1, 5000),
  onecComponent: section,
  ...guideOfMirror,
  'onecComponent.zone': zone,
  'onecComponent.namespace': both('пространство имён веб-сервиса (targetNamespace)', "the web service's namespace"),
  'onecComponent.accounts': both(
    'список учётных записей веб-сервиса: user, passwordFile, roles',
    'a list of accounts of the web service: user, passwordFile, roles',
  ),
  'onecComponent.accounts[]': section,
  'onecComponent.accounts[].user': both('имя пользователя веб-сервиса', "name of the web service's user"),
  'onecComponent.accounts[].passwordFile': both(
    'путь к файлу с паролем (не сам пароль)',
    'path of the file that holds the password (not the password)',
  ),
  'onecComponent.accounts[].roles': both(
    'список ролей: ELSAdministrator, ELSCurriculumDeveloper',
    'a list of roles: ELSAdministrator, ELSCurriculumDeveloper',
  ),
  'onecComponent.accounts[].roles[]': oneOf('ELSAdministrator', 'ELSCurriculumDeveloper'),
  'onecComponent.desk': section,
  'onecComponent.desk.host': both(
    'адрес этой машины: 127.0.0.1 (только она сама) или адрес, до которого достаёт одна консоль',
    'an address of this machine: 127.0.0.1 (only itself), or one that only the console can reach',
  ),
  'onecComponent.desk.port': whole(0, 65_535),
  'onecComponent.desk.keysFile': both(
    'путь к файлу с открытыми ключами (JWK Set, Ed25519)',
    'path of the file that holds the public keys (JWK Set, Ed25519)',
  ),
  'onecComponent.reofferOnChange': oneOf('true', 'false'),
  console: section,
  'console.desk': section,
  'console.desk.url': address,
  'console.desk.keyFile': both(
    'путь к файлу с закрытым ключом (JWK, Ed25519)',
    'path of the file that holds the private key (JWK, Ed25519)',
  ),
  'console.journalDays': whole(1, 3650),
  'console.zone': zone,
  'console.freshness': section,
  'console.freshness.after': duration,
  'console.freshness.days': both(
    'список дней: mon, tue, wed, thu, fri, sat, sun',
    'a list of days: mon, tue, wed, thu, fri, sat, sun',
  ),
  'console.freshness.days[]': oneOf('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'),
  'console.freshness.from': clock,
  'console.freshness.until': clock,
  'console.http': section,
  'console.http.host': both(
    'адрес этой машины: 127.0.0.1 (только она сама) или 0.0.0.0 (все интерфейсы; тогда нужен publicUrl)',
    'an address of this machine: 127.0.0.1 (only itself) or 0.0.0.0 (all interfaces; publicUrl is needed then)',
  ),
  'console.http.port': whole(0, 65_535),
  'console.http.publicUrl': both(
    'адрес без пути, например https://itk.example.edu; http:// только у самой этой машины',
    'an address without a path, such as https://itk.example.edu; http:// only of this machine itself',
  ),
  'console.http.trustedProxies': both(
    'список адресов или сетей, например 10.0.0.0/8',
    'a list of addresses or networks, such as 10.0.0.0/8',
  ),
  'console.http.trustedProxies[]': both('адрес или сеть', 'an address or a network'),
  'console.http.tls': section,
  'console.http.tls.certFile': pem,
  'console.http.tls.keyFile': pem,
  'console.notices': section,
  'console.notices.language': oneOf('ru', 'en'),
  'console.notices.mail': section,
  'console.notices.mail.host': both('имя почтового сервера', "the mail server's name"),
  'console.notices.mail.port': whole(1, 65_535),
  'console.notices.mail.security': oneOf('starttls', 'tls', 'none'),
  'console.notices.mail.user': both(
    'имя на почтовом сервере; без него и без пароля сервер должен верить этой машине',
    'name at the mail server; without it and the password the server has to trust this machine',
  ),
  'console.notices.mail.passwordFile': both(
    'путь к файлу с паролем (не сам пароль)',
    'path of the file that holds the password (not the password)',
  ),
  'console.notices.mail.from': mailbox,
  'console.notices.mail.to': both('список адресов почты', 'a list of addresses of mail'),
  'console.notices.mail.to[]': mailbox,
  'console.notices.webhook': section,
  'console.notices.webhook.url': address,
  'console.notices.webhook.tokenFile': both(
    'путь к файлу с токеном (не сам токен)',
    'path of the file that holds the token (not the token)',
  ),
  'console.notices.webhook.secretFile': both(
    'путь к файлу с ключом подписи (не сам ключ)',
    'path of the file that holds the key of the signature (not the key)',
  ),
  'console.notices.heartbeat': section,
  'console.notices.heartbeat.url': address,
  'console.notices.heartbeat.method': oneOf('GET', 'POST'),
  'console.notices.heartbeat.every': duration,
  'console.notices.quietHours': section,
  'console.notices.quietHours.from': clock,
  'console.notices.quietHours.until': clock,
  ...openIdGuide,
};

/** `systems[0].moodle.roles.student` -> `systems[].moodle.roles.*` where the table knows no key of that name. */
export function guideKey(path: readonly PropertyKey[]): string {
  let key = '';
  for (const part of path) {
    if (typeof part === 'number') key += '[]';
    else {
      const named = key === '' ? String(part) : `${key}.${String(part)}`;
      key = named in guide || !(`${key}.*` in guide) ? named : `${key}.*`;
    }
  }
  return key;
}

/** The keys that may stand below this path. */
export function keysBelow(path: readonly PropertyKey[]): string[] {
  const parent = guideKey(path);
  const start = parent === '' ? '' : `${parent}.`;
  return Object.keys(guide)
    .filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length))
    .filter((rest) => /^[A-Za-z]+$/.test(rest));
}
