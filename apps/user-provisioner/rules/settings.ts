import { both, type AccountsPer, type Bilingual } from '#contracts';
import { ConfigurationError, type SystemConfiguration } from '#platform';
import { isPreferenceName, isProfileShortname, mappableFields, type MappableField } from './account-fields.js';
import type { MissingNames } from './template/missing-names.js';
import { names, readTemplate, TemplateError, type Template } from './template/template.js';
import { isMadeFromCode } from './username/username.js';

/** The section `accounts` of one system, read: what decides about its accounts. */
export interface AccountSettings {
  per: AccountsPer;
  auth: string;
  lang?: string;
  username: Template;
  /** Otherwise from names, and namesakes are numbered. */
  usernameFromCode: boolean;
  email: Template;
  missingNames: MissingNames;
  fields: Partial<Record<MappableField, Template>>;
  profile: Record<string, Template>;
  preferences: Record<string, Template>;
  password: 'random' | 'none';
  adopt: boolean;
  /** The accounts are made out of a file: it carries no password, and few of the fields. */
  inFile: boolean;
}

type Problem = ConfigurationError['problems'][number];

/** All that Moodle's importer takes out of a file. */
const fieldsOfFile = ['firstname', 'lastname', 'city', 'country'];

/** What a file cannot carry. */
function complaintsOfFile({ fields, lang }: SystemConfiguration['accounts']): [string, Bilingual, Bilingual][] {
  const keys = Object.keys(fields)
    .filter((field) => !fieldsOfFile.includes(field))
    .map((field) => `fields.${field}`);
  return [...keys, ...(lang === undefined ? [] : ['lang'])].map((key) => [
    key,
    both('файл IMS Enterprise этого не передаёт', 'a file of IMS Enterprise does not carry this'),
    both(
      `удалите ключ; в файле передаются ${fieldsOfFile.join(', ')}`,
      `remove the key; a file carries ${fieldsOfFile.join(', ')}`,
    ),
  ]);
}

/** Moodle's own plugins that keep a password: without one it refuses to make the account. */
const withPassword = new Set(['manual', 'email', 'db', 'nologin', 'none']);

/** @throws ConfigurationError with everything that is wrong with the section at once */
export function accountSettings(system: Pick<SystemConfiguration, 'id' | 'accounts' | 'imsFile'>): AccountSettings {
  const inFile = system.imsFile !== undefined;
  const { per, auth, lang, username, email, missingNames, fields, password, adopt } = system.accounts;
  const problems: Problem[] = [];
  const complain = (key: string, what: Bilingual, mend: Bilingual): void => {
    problems.push({ key: `systems (${system.id}): accounts.${key}`, what, mend });
  };
  const read = (key: string, text: string): Template => {
    try {
      return readTemplate(text, key === 'username' || key.startsWith('missingNames.') ? [] : ['username']);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      complain(key, error.what, error.mend);
      return { text, parts: [] };
    }
  };
  const usernameTemplate = read('username', username);
  const mapped: AccountSettings['fields'] = {
    firstname: readTemplate('{firstname}'),
    lastname: readTemplate('{lastname}'),
  };
  const profile: Record<string, Template> = {};
  const preferences: Record<string, Template> = {};
  for (const [field, text] of Object.entries(fields)) {
    const template = read(`fields.${field}`, text);
    const [, kind, name] = /^(profile|preference)\.(.+)$/.exec(field) ?? [];
    if (kind === 'profile' && isProfileShortname(name!)) profile[name!] = template;
    else if (kind === 'preference' && isPreferenceName(name!)) preferences[name!] = template;
    else if ((mappableFields as readonly string[]).includes(field)) mapped[field as MappableField] = template;
    else
      complain(
        `fields.${field}`,
        both('такого поля учётной записи нет', 'an account has no such field'),
        both(
          `укажите ${mappableFields.join(', ')}, profile.<краткое имя> или preference.<имя>`,
          `use ${mappableFields.join(', ')}, profile.<shortname> or preference.<name>`,
        ),
      );
  }
  // The patronymic goes where the configuration put it, else into the field that Moodle has for it.
  const placed = [mapped.firstname!, mapped.lastname!].some((template) => names(template, 'middlename'));
  if (!placed) mapped.middlename ??= readTemplate('{middlename}');

  if (auth === 'mnet' || auth === 'webservice')
    complain(
      'auth',
      both(`Moodle не создаёт учётных записей для ${auth}`, `Moodle makes no accounts for ${auth}`),
      both('укажите manual или плагин единого входа', 'use manual, or the single sign-on plugin'),
    );
  if (inFile) complaintsOfFile(system.accounts).forEach((problem) => complain(...problem));
  if (password === 'none' && withPassword.has(auth) && !inFile)
    complain(
      'password',
      both(`плагину ${auth} нужен пароль`, `the plugin ${auth} needs a password`),
      both('укажите random или другой accounts.auth', 'use random, or another accounts.auth'),
    );
  if (per === 'student' && names(usernameTemplate, 'individual'))
    complain(
      'username',
      both('{individual} есть не у каждого студента', 'not every student comes with {individual}'),
      both('укажите {code} или accounts.per: individual', 'use {code}, or accounts.per: individual'),
    );
  const emailTemplate = read('email', email);
  if (!email.includes('@') && !names(emailTemplate, 'username', 'email'))
    complain(
      'email',
      both('в шаблоне адреса нет @', 'the template of the address has no @'),
      both('укажите, например, {username}@students.invalid', 'use {username}@students.invalid, for example'),
    );
  const standIns: MissingNames = {};
  for (const name of ['lastname', 'firstname'] as const) {
    const text = missingNames[name];
    if (text === undefined) continue;
    standIns[name] = read(`missingNames.${name}`, text);
    if (names(standIns[name], name))
      complain(
        `missingNames.${name}`,
        both(`{${name}} здесь пусто: его и нет`, `{${name}} is empty here: it is what is missing`),
        both('укажите другое имя или знак, например -', 'use the other name, or a sign such as -'),
      );
  }
  const settings: AccountSettings = {
    per,
    auth,
    ...(lang !== undefined && { lang }),
    username: usernameTemplate,
    usernameFromCode: isMadeFromCode(usernameTemplate),
    email: emailTemplate,
    missingNames: standIns,
    fields: mapped,
    profile,
    preferences,
    password: withPassword.has(auth) && !inFile ? password : 'none',
    inFile,
    adopt: adopt === 'username',
  };
  if (problems.length > 0) throw new ConfigurationError(process.env.ITK_CONFIG || 'config/itk.yaml', problems);
  return settings;
}
