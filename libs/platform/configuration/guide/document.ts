import { both, type Bilingual } from '#contracts';
import { guide } from './guide.js';
import { ConfigurationError } from '../load.js';
import { purpose } from './purpose.js';
import { problemsOf } from '../problems/problems.js';
import { configurationSchema } from '../schema.js';
import { asYaml, shape, type Key } from '../shape.js';
import { variables } from '../variables.js';

/** Where a section is told at length. */
const further: Record<string, string> = {
  'systems[].synchronizer': '1c.md',
  'systems[].ims': 'ims-enterprise.md',
  'systems[].imsFile': 'ims-enterprise.md',
  'systems[].moodle': 'moodle.md',
  'systems[].accounts': 'accounts.md',
  'systems[].enrolment': 'enrolments.md',
  onecComponent: '1c.md',
  console: 'cli.md',
  'console.openid': 'sign-in.md',
};

const introduction = `# Настройки / Configuration

Этот текст и \`config/itk.example.yaml\` пишет \`npm run configuration-guide\`; руками их не правят.
This text and \`config/itk.example.yaml\` are written by \`npm run configuration-guide\`, not by hand.

## Как начать / How to begin

По-русски:

1. Скопируйте \`config/itk.example.yaml\` в \`config/itk.yaml\` и впишите своё. Другой путь — в переменной \`ITK_CONFIG\`.
2. Положите секреты в файлы, которые там названы, и закройте их от чужих (\`chmod 600\`). Пути считаются от файла конфигурации. Пробелы и переводы строк вокруг секрета отбрасываются.
3. Задайте \`DATABASE_URL\` и \`AMQP_URL\`. \`npm start -- --config ФАЙЛ\` обходится без них: PostgreSQL и RabbitMQ он запускает сам.
4. Проверьте: \`npm run itk -- doctor\` ничего не меняет и к каждой находке говорит, что сделать.

Если ваша 1С публикует \`ITK_Synchronizer\` сама, раздел \`onecComponent\` не нужен. Иначе включите его: тогда \`synchronizer.url\` — адрес службы \`onec-component\` (её \`HOST\` и \`PORT\`) с \`/ws/ITK_Synchronizer.1cws\`, а \`user\` и \`passwordFile\` те же, что у пункта в \`onecComponent.accounts\`.

In English:

1. Copy \`config/itk.example.yaml\` to \`config/itk.yaml\` and write your own values. Another path is named by \`ITK_CONFIG\`.
2. Put the secrets into the files that are named there, readable for the services alone (\`chmod 600\`). Paths are relative to the configuration file. White space around a secret is cut.
3. Set \`DATABASE_URL\` and \`AMQP_URL\`. \`npm start -- --config FILE\` does without: it starts PostgreSQL and RabbitMQ itself.
4. Examine: \`npm run itk -- doctor\` changes nothing and says to each finding what to do.

Where your 1C publishes \`ITK_Synchronizer\` itself, leave \`onecComponent\` out. Otherwise switch it on: \`synchronizer.url\` is then the address of the service \`onec-component\` (its \`HOST\` and \`PORT\`) with \`/ws/ITK_Synchronizer.1cws\`, and \`user\` and \`passwordFile\` are those of an item of \`onecComponent.accounts\`.
`;

/** What a person sees who has made these mistakes; told by the loader itself. */
function mistakes(): string {
  const content = {
    systems: [
      {
        id: 'lms',
        els: 'LMS',
        synchronizer: { url: 'https://1c.example.edu/ws', user: 'itk', passwordFile: 'secrets/1c', zone: 'Moscow' },
        moodle: { url: 'https://lms.example.edu', tokenfile: 'secrets/token', concurrency: 40 },
      },
    ],
  };
  const { error } = configurationSchema.safeParse(content);
  return new ConfigurationError('config/itk.yaml', problemsOf(error!, content)).message;
}

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** `<name>` would be taken for HTML. */
const asText = (text: string): string => text.replaceAll('<', '&lt;');
const code = (text: string): string => `\`${text}\``;
const isSection = ({ below }: Key): boolean => below.some(({ name }) => name !== '*' && name !== '[]');
/** A list of sections is told under the name of its item. */
const sectionIn = (key: Key): Key | undefined => (isSection(key) ? key : key.below.find(isSection));

const anchor = (path: string): string => path.toLowerCase().replaceAll(/[^a-z]/g, '');

function byDefault(key: Key): string {
  if (key.required) return '**обязателен / required**';
  if (key.byDefault === undefined) return '—';
  return code(asYaml(key.byDefault));
}

function told(key: Key, language: 'ru' | 'en'): string {
  const expected = asText(guide[key.path]![language]);
  const section = sectionIn(key);
  return `${asText(purpose[key.path]![language])}<br>_${section ? `[${expected}](#${anchor(section.path)})` : expected}_`;
}

/** The keys of a section, those of its plain tables and lists among them. */
const rowsOf = (key: Key): Key[] => (sectionIn(key) ? [key] : [key, ...key.below]);

function sections(title: string, path: string, keys: Key[]): string[] {
  const about: Bilingual = purpose[path] ?? both('файл в целом', 'the file as a whole');
  return [
    `${path === '' ? '' : `<a id="${anchor(path)}"></a>\n\n`}### ${title}`,
    `${about.ru} / ${about.en}${further[path] ? `: [${further[path]}](${further[path]})` : ''}`,
    table(
      ['Ключ / key', 'Без него / without it', 'По-русски', 'In English'],
      keys.flatMap(rowsOf).map((key) => [code(key.path), byDefault(key), told(key, 'ru'), told(key, 'en')]),
    ),
    ...keys.flatMap((key) => {
      const section = sectionIn(key);
      return section ? sections(code(section.path), section.path, section.below) : [];
    }),
  ];
}

/** The text of `docs/configuration.md`. */
export const documentText = (): string =>
  `${[
    introduction.trimEnd(),
    '## Ключи / Keys',
    '`[]` — любой пункт списка, `*` — любой ключ таблицы. Курсивом — что писать. / `[]` is any item of a list, `*` any key of a table. In italics: what is written there.',
    ...sections('Файл / the file', '', shape()),
    '## Переменные / Variables',
    table(
      ['Переменная / variable', 'По-русски', 'In English'],
      Object.entries(variables).map(([name, { ru, en }]) => [code(name), ru, en]),
    ),
    'Прокси и сертификаты / proxies and certificates: [proxy-and-certificates.md](proxy-and-certificates.md)',
    '## Если ошиблись / When something is wrong',
    'Служба не запускается и называет каждую ошибку: где, что и как исправить. / A service does not start, and names every mistake: where, what, and how to mend it.',
    ['```', mistakes(), '```'].join('\n'),
  ].join('\n\n')}\n`;
