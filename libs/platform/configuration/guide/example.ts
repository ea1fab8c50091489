import { guide } from './guide.js';
import { purpose } from './purpose.js';
import { asYaml, shape, type Key } from '../shape.js';

/** What everybody decides for themselves stands in the example switched on. */
const given: Record<string, unknown> = {
  'systems[].id': 'lms',
  'systems[].els': 'LMS',
  'systems[].synchronizer.url': 'https://1c.example.edu/univer/ws/ITK_Synchronizer.1cws',
  'systems[].synchronizer.user': 'itk',
  'systems[].synchronizer.passwordFile': 'secrets/1c-password',
  'systems[].synchronizer.zone': 'Europe/Moscow',
  'systems[].moodle.url': 'https://lms.example.edu',
  'systems[].moodle.tokenFile': 'secrets/lms-token',
  'systems[].moodle.roles': { student: 5 },
  'systems[].accounts.username': '{code}',
  'systems[].accounts.email': '{username}@students.invalid',
  'systems[].enrolment.removal': 'keep',
  'systems[].enrolment.grouping': 'none',
  'console.journalDays': 90,
};

/** What is shown switched off, where the schema has no default that would show how it is written. */
const shown: Record<string, unknown> = {
  'database.url': 'postgres://itk:password@127.0.0.1:5432/itk',
  'broker.url': 'amqp://itk:password@127.0.0.1:5672/itk',
  'systems[].synchronizer.rename': { lastname: 'Фамилия', firstname: 'Имя' },
  'systems[].ims.folder': '/srv/ims/lms',
  'systems[].ims.zone': 'Europe/Moscow',
  'systems[].imsFile.url': 'https://lms.example.edu',
  'systems[].imsFile.file': '/srv/moodledata/1/imsenterprise-enrol.xml',
  'systems[].imsFile.coursesFile': 'lms-courses.csv',
  'systems[].imsFile.target': 'moodle',
  'systems[].imsFile.zone': 'Europe/Moscow',
  'systems[].accounts.lang': 'ru',
  'systems[].accounts.missingNames.lastname': '-',
  'systems[].accounts.missingNames.firstname': '-',
  'systems[].accounts.fields': { department: '{group}' },
  'systems[].enrolment.newCourseCategory': 2,
  'onecComponent.mirror.url': 'https://1c.example.edu/snapshot.json',
  'onecComponent.mirror.odata.url': 'https://1c.example.edu/univer/odata/standard.odata',
  'onecComponent.mirror.odata.user': 'itk-odata',
  'onecComponent.mirror.odata.passwordFile': 'secrets/1c-odata-password',
  'onecComponent.mirror.odata.mappingFile': 'mappings/1c-university-prof.yaml',
  'onecComponent.mirror.refresh': 'PT10M',
  'onecComponent.zone': 'Europe/Moscow',
  'onecComponent.accounts[].user': 'itk',
  'onecComponent.accounts[].passwordFile': 'secrets/1c-password',
  'onecComponent.desk.keysFile': 'secrets/desk-public-keys.json',
  'console.desk.url': 'http://127.0.0.1:8091',
  'console.desk.keyFile': 'secrets/desk-key.json',
  'console.zone': 'Europe/Moscow',
  'console.http.publicUrl': 'https://itk.example.edu',
  'console.http.tls.certFile': 'secrets/itk.example.edu.pem',
  'console.http.tls.keyFile': 'secrets/itk.example.edu-key.pem',
  'broker.management.url': 'http://127.0.0.1:15672',
  'broker.management.user': 'itk-monitoring',
  'broker.management.passwordFile': 'secrets/rabbitmq-monitoring',
  'console.notices.mail.host': 'mail.example.edu',
  'console.notices.mail.user': 'itk',
  'console.notices.mail.passwordFile': 'secrets/mail-password',
  'console.notices.mail.from': 'itk@example.edu',
  'console.notices.mail.to': ['operators@example.edu'],
  'console.notices.webhook.url': 'https://chat.example.edu/hooks/itk',
  'console.notices.webhook.tokenFile': 'secrets/webhook-token',
  'console.notices.webhook.secretFile': 'secrets/webhook-signature',
  'console.notices.heartbeat.url': 'https://watch.example.edu/ping/itk',
  'console.openid.issuer': 'https://sso.example.edu/realms/university',
  'console.openid.clientId': 'itk-console',
  'console.openid.clientSecretFile': 'secrets/openid-client',
  'console.openid.roles[].value': 'itk-operators',
  'console.openid.roles[].role': 'operator',
  'console.openid.roles[].systems': ['lms'],
  'console.notices.quietHours.from': '22:00',
  'console.notices.quietHours.until': '07:00',
};

const header = `# Конфигурация Integration Toolkit. Скопируйте в config/itk.yaml и впишите своё; каждый ключ: docs/configuration.md
# Configuration of the Integration Toolkit. Copy it to config/itk.yaml and write your own; each key: docs/configuration.md
#
# Адреса PostgreSQL и RabbitMQ дают переменные DATABASE_URL и AMQP_URL. Секреты лежат в своих файлах, пути — от этого.
# The addresses of PostgreSQL and RabbitMQ come from DATABASE_URL and AMQP_URL. Secrets lie in files, found from here.
#
# «#ключ» без пробела выключен; где есть значение по умолчанию, показано оно. Чтобы включить, уберите знак #.
# "#key" without a blank is switched off; it shows the default where there is one. To switch it on, take the # away.
`;

/** One item is shown of a list, no key of a table: the table itself stands in one line. */
const inside = ({ below }: Key): Key[] =>
  below.flatMap((key) => (key.name === '[]' ? key.below : key.name === '*' ? [] : [key]));

const isOn = (key: Key): boolean => key.path in given || inside(key).some(isOn);

/** Words and ranges are short enough to be told beside what the key is for. */
function comment(key: Key, language: 'ru' | 'en'): string {
  const words = key.words ?? key.below[0]?.words ?? key.most;
  return `# ${purpose[key.path]![language]}${words === undefined ? '' : ` (${guide[key.path]![language]})`}`;
}

function lines(key: Key, indent: string, dash = ''): string[] {
  const parts = inside(key);
  const item = key.below.some(({ name, below }) => name === '[]' && below.length > 0);
  const content = given[key.path] ?? shown[key.path] ?? key.byDefault;
  const off = isOn(key) ? '' : '#';
  return [
    `${indent}${comment(key, 'ru')}`,
    `${indent}${comment(key, 'en')}`,
    `${dash === '' ? indent : indent.slice(2)}${off}${dash}${key.name}:${parts.length > 0 ? '' : ` ${asYaml(content)}`}`,
    ...parts.flatMap((part, place) => lines(part, `${indent}${item ? '    ' : '  '}`, item && place === 0 ? '- ' : '')),
  ];
}

/** The text of `config/itk.example.yaml`. */
export const exampleText = (): string =>
  [header, ...shape().map((key) => [...lines(key, ''), ''].join('\n'))].join('\n').trimEnd() + '\n';
