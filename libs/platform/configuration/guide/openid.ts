import { both, type Bilingual } from '#contracts';

const section = both('раздел: вложенные ключи с отступом', 'a section: keys below it, indented');
const caption = both('до 60 знаков', 'up to 60 characters');
const claim = both(
  'имя утверждения (claim); точка ведёт внутрь: realm_access.roles',
  'name of a claim; a dot leads into it: realm_access.roles',
);

/** What is written at the keys of the sign-in by an identity provider. */
export const openIdGuide: Record<string, Bilingual> = {
  'console.openid': section,
  'console.openid.issuer': both(
    'адрес https://, под которым лежит /.well-known/openid-configuration; http:// только у самой этой машины',
    'an https:// address that has /.well-known/openid-configuration below it; http:// only of this machine itself',
  ),
  'console.openid.clientId': both(
    'имя, под которым консоль записана у провайдера',
    'the name by which the console is registered at the provider',
  ),
  'console.openid.clientSecretFile': both(
    'путь к файлу с секретом клиента (не сам секрет)',
    "path of the file that holds the client's secret (not the secret)",
  ),
  'console.openid.button': section,
  'console.openid.button.ru': caption,
  'console.openid.button.en': caption,
  'console.openid.scopes': both('список слов, среди них openid', 'a list of words, openid among them'),
  'console.openid.scopes[]': both('слово без пробелов, например groups', 'a word without blanks, such as groups'),
  'console.openid.claims': section,
  'console.openid.claims.login': claim,
  'console.openid.claims.surname': claim,
  'console.openid.claims.firstname': claim,
  'console.openid.claims.middlename': claim,
  'console.openid.claims.roles': claim,
  'console.openid.roles': both(
    'список, хотя бы один пункт: значение утверждения и роль консоли',
    "a list, at least one item: a value of the claim and the console's role",
  ),
  'console.openid.roles[]': section,
  'console.openid.roles[].value': both('значение буква в букву', 'the value, to the letter'),
  'console.openid.roles[].role': both(
    'одно из слов: viewer, operator, administrator, ELSCurriculumDeveloper, ELSAdministrator, deansOffice',
    'one of the words: viewer, operator, administrator, ELSCurriculumDeveloper, ELSAdministrator, deansOffice',
  ),
  'console.openid.roles[].systems': both('список id систем из раздела systems', 'a list of ids of the section systems'),
  'console.openid.roles[].systems[]': both(
    'id системы из раздела systems',
    'the id of a system in the section systems',
  ),
};

/** What they are for. */
export const openIdPurpose: Record<string, Bilingual> = {
  'console.openid': both(
    'вход через провайдера университета (OpenID Connect): docs/sign-in.md; свои учётные записи консоли остаются',
    "sign-in by the university's provider (OpenID Connect): docs/sign-in.md; the console's own accounts stay",
  ),
  'console.openid.issuer': both('чей вход', 'whose sign-in'),
  'console.openid.clientId': both('как провайдер зовёт консоль', 'what the provider calls the console'),
  'console.openid.clientSecretFile': both(
    'где лежит секрет клиента; без него клиент публичный, его защищает PKCE',
    "where the client's secret lies; without it the client is public, and PKCE protects it",
  ),
  'console.openid.button': both('надпись на кнопке входа', 'what stands on the button of the sign-in'),
  'console.openid.button.ru': both('по-русски', 'in Russian'),
  'console.openid.button.en': both('по-английски', 'in English'),
  'console.openid.scopes': both('что у провайдера просить', 'what the provider is asked for'),
  'console.openid.scopes[]': both('одна область (scope)', 'one scope'),
  'console.openid.claims': both('в каких утверждениях что искать', 'which claim holds what'),
  'console.openid.claims.login': both('имя для входа', 'the login'),
  'console.openid.claims.surname': both('фамилия', 'the surname'),
  'console.openid.claims.firstname': both('имя; показан инициал', 'the first name; its initial is shown'),
  'console.openid.claims.middlename': both('отчество; показан инициал', 'the middle name; its initial is shown'),
  'console.openid.claims.roles': both('группы или роли', 'groups or roles'),
  'console.openid.roles': both(
    'кому какая роль; берётся заново при каждом входе, без роли не пускают',
    'who has which role; taken anew at every sign-in, nobody is let in without one',
  ),
  'console.openid.roles[]': both('одно значение и его роль', 'one value and its role'),
  'console.openid.roles[].value': both('значение, которое прислал провайдер', 'a value that the provider sends'),
  'console.openid.roles[].role': both('роль в консоли', 'the role in the console'),
  'console.openid.roles[].systems': both('только в этих системах', 'in these systems only'),
  'console.openid.roles[].systems[]': both('одна система', 'one system'),
};
