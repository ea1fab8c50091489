import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { readSecret } from '../files/secret.js';
import { textOfFile } from '../files/text-file.js';
import { problemsOfAddress } from './address.js';
import { problemsOf, type Problem } from './problems/problems.js';
import { configurationSchema, type Configuration, type ConfigurationFile } from './schema.js';

/** The configuration cannot be used. The text lists every problem: where, what, how to mend, in Russian and English. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
  constructor(
    readonly file: string,
    readonly problems: Problem[],
  ) {
    super(
      [
        `${file}: конфигурация не годится, ошибок: ${problems.length} / the configuration cannot be used, problems: ${problems.length}`,
        ...problems.map(
          ({ key, what, mend }) =>
            `- ${key || '(файл / file)'}\n    ${what.ru}. Как исправить: ${mend.ru}\n    ${what.en}. Mend: ${mend.en}`,
        ),
      ].join('\n'),
    );
  }
}

type Environment = Record<string, string | undefined>;

/**
 * Reads the configuration: `path`, else the file named in `ITK_CONFIG`, else config/itk.yaml. Addresses of the database
 * and the broker come from DATABASE_URL, DATABASE_URL_FILE, AMQP_URL, AMQP_URL_FILE before the file. Paths of secrets
 * are relative to the file and come back absolute. Throws {@link ConfigurationError}.
 */
export function loadConfiguration(path?: string, environment: Environment = process.env): Configuration {
  const file = resolve(path ?? (environment.ITK_CONFIG || 'config/itk.yaml'));
  const problems: Problem[] = [];
  const content = contentOf(file);
  /** Of what came from a variable: its name, for whoever has to mend it. */
  const variableOf = new Map<string, string>();
  for (const part of parts) {
    const address = addressOf(part, environment, problems);
    if (address !== undefined) {
      content[part] = { ...recordOf(content[part]), url: address };
      variableOf.set(`${part}.url`, variables[part]);
    }
  }
  const add = ({ key, ...problem }: Problem): void =>
    void problems.push({ key: variableOf.get(key) ?? key, ...problem });
  const parsed = configurationSchema.safeParse(content);
  if (!parsed.success) problemsOf(parsed.error, content).forEach(add);
  for (const part of parts) {
    const url = parsed.data?.[part]?.url;
    if (url !== undefined) problemsOfAddress(part, url).forEach((problem) => add({ key: `${part}.url`, ...problem }));
  }
  for (const part of parts)
    if (content[part] === undefined && !problems.some(({ key }) => key.startsWith(variables[part])))
      problems.push(noAddress(part));
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(file, problems);
  return withAbsolutePaths(parsed.data, dirname(file)) as Configuration;
}

const recordOf = (value: unknown): object => (value !== null && typeof value === 'object' ? value : {});

function contentOf(file: string): Record<string, unknown> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new ConfigurationError(file, [
      {
        key: '',
        what:
          code === 'ENOENT'
            ? { ru: 'файла нет', en: 'there is no such file' }
            : { ru: `файл не читается (${code})`, en: `the file cannot be read (${code})` },
        mend: {
          ru: 'укажите путь к файлу в переменной ITK_CONFIG',
          en: 'name the path of the file in the variable ITK_CONFIG',
        },
      },
    ]);
  }
  const read = textOfFile(bytes);
  if ('what' in read) throw new ConfigurationError(file, [{ key: '', ...read }]);
  const document = parseDocument(read.text);
  if (document.errors.length > 0)
    throw new ConfigurationError(
      file,
      document.errors.map((error) => {
        const place = error.linePos?.[0];
        const [ru, en] = place
          ? [`строка ${place.line}, знак ${place.col}`, `line ${place.line}, column ${place.col}`]
          : ['', ''];
        const why = error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
        return {
          key: '',
          what: { ru: `это не YAML: ${ru}: ${why}`, en: `not YAML: ${en}: ${why}` },
          mend: {
            ru: 'проверьте отступы (только пробелы), двоеточия и кавычки около этого места',
            en: 'check indentation (spaces only), colons and quotes near that place',
          },
        };
      }),
    );
  const content: unknown = document.toJS();
  if (content === null || typeof content !== 'object' || Array.isArray(content))
    throw new ConfigurationError(file, [
      {
        key: '',
        what: { ru: 'в файле нет ключей', en: 'the file holds no keys' },
        mend: { ru: 'возьмите за образец config/itk.example.yaml', en: 'start from config/itk.example.yaml' },
      },
    ]);
  return content as Record<string, unknown>;
}

const variables = { database: 'DATABASE_URL', broker: 'AMQP_URL' } as const;
type Part = keyof typeof variables;
const parts = Object.keys(variables) as Part[];

function addressOf(part: Part, environment: Environment, problems: Problem[]): string | undefined {
  const variable = variables[part];
  const direct = environment[variable]?.trim();
  if (direct) return direct;
  const file = environment[`${variable}_FILE`]?.trim();
  if (!file) return undefined;
  try {
    return readSecret(file);
  } catch (error) {
    const text = (error as Error).message;
    problems.push({
      key: `${variable}_FILE`,
      what: { ru: text, en: text },
      mend: { ru: 'исправьте файл или переменную', en: 'mend the file or the variable' },
    });
    return undefined;
  }
}

function noAddress(part: Part): Problem {
  const variable = variables[part];
  return {
    key: `${part}.url`,
    what: {
      ru: part === 'database' ? 'адрес PostgreSQL не задан' : 'адрес RabbitMQ не задан',
      en: part === 'database' ? "PostgreSQL's address is not given" : "RabbitMQ's address is not given",
    },
    mend: {
      ru: `задайте переменную ${variable} или ${variable}_FILE (или ключ ${part}.url)`,
      en: `set the variable ${variable} or ${variable}_FILE (or the key ${part}.url)`,
    },
  };
}

function withAbsolutePaths(configuration: ConfigurationFile, folder: string): ConfigurationFile {
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  return withPaths(configuration, absolute) as ConfigurationFile;
}

const pathKeys = [
  'passwordFile',
  'tokenFile',
  'secretFile',
  'clientSecretFile',
  'keyFile',
  'certFile',
  'keysFile',
  'folder',
  'file',
];

/** A path of a file that is no secret, or of one that is. */
const isPath = (key: string): boolean => key === 'mappingFile' || key === 'coursesFile' || pathKeys.includes(key);

function withPaths(value: unknown, absolute: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withPaths(item, absolute));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isPath(key) && typeof inner === 'string' ? absolute(inner) : withPaths(inner, absolute),
    ]),
  );
}
