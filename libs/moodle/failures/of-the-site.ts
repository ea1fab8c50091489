import { both, type Bilingual, type Failure } from '#contracts';
import type { SettingTrouble } from '#platform';

const outage = (cause: string, reason: Bilingual, cure?: Bilingual, about?: string): Failure => ({
  kind: 'outage',
  cause,
  reason,
  ...(about && { about }),
  ...(cure && { cure }),
});
const misconfigured = (cause: string, reason: Bilingual, cure: Bilingual, about?: string): Failure => ({
  kind: 'configuration',
  cause,
  reason,
  cure,
  ...(about && { about }),
});

/** A certificate or a proxy in the way. */
export const noWay = ({ cause, reason, cure }: SettingTrouble): Failure => misconfigured(cause, reason, cure);

// ---- away

export const unreachable = (code: string): Failure =>
  outage(
    'moodle-unreachable',
    both(`Moodle недоступен: соединение не установлено или оборвано (${code})`, `Moodle cannot be reached (${code})`),
    both(
      'Проверьте, работает ли сайт и доступен ли он с этого сервера; работа продолжится сама',
      'See whether the site is up and can be reached from this server; work resumes by itself',
    ),
    code,
  );

export const timedOut = (seconds: number): Failure =>
  outage(
    'moodle-timeout',
    both(
      `Moodle не ответил за ${seconds} с; вызов может ещё выполняться`,
      `Moodle did not answer within ${seconds} s; the call may still be running there`,
    ),
    both(
      'Проверьте нагрузку сайта Moodle и его базы данных',
      'Look at the load of the Moodle site and of its database',
    ),
  );

export const serverFault = (status: number): Failure =>
  outage(
    'moodle-server-fault',
    both(`Сервер Moodle ответил ошибкой HTTP ${status}`, `The Moodle server answered HTTP ${status}`),
    both(
      'Посмотрите журнал веб-сервера и PHP на сайте Moodle',
      'Look into the logs of the web server and of PHP at the Moodle site',
    ),
    String(status),
  );

export const noMoodleAnswer = (what: 'empty' | 'endless' | 'html' | 'shape', status: number): Failure =>
  outage(
    `moodle-answer-${what}`,
    what === 'empty'
      ? both(`Пустой ответ вместо JSON (HTTP ${status})`, `An empty answer instead of JSON (HTTP ${status})`)
      : what === 'html'
        ? both(`Вместо JSON пришла страница (HTTP ${status})`, `A page came instead of JSON (HTTP ${status})`)
        : what === 'endless'
          ? both(`Ответ слишком велик (HTTP ${status})`, `The answer is too large (HTTP ${status})`)
          : both('Ответ не того вида, что у Moodle', 'The answer does not have the shape of an answer of Moodle'),
    both(
      'Проверьте адрес Moodle в настройках, прокси перед ним и журнал PHP',
      'Check the Moodle address in the configuration, the proxy before it, and the log of PHP',
    ),
  );

export const maintenance = (): Failure =>
  outage(
    'moodle-maintenance',
    both('Сайт Moodle на обслуживании', 'The Moodle site is under maintenance'),
    both(
      'Ничего делать не нужно: работа продолжится, когда режим обслуживания выключат',
      'Nothing to do: work resumes when maintenance mode is switched off',
    ),
  );

export const upgrade = (): Failure =>
  outage(
    'moodle-upgrade',
    both('Moodle обновляется', 'Moodle is being upgraded'),
    both(
      'Ничего делать не нужно: работа продолжится после обновления. Если обновление прервалось, завершите его',
      'Nothing to do: work resumes after the upgrade. If the upgrade broke off, finish it',
    ),
  );

// ---- set up wrongly

export const redirected = (location: string | undefined): Failure => {
  const origin = location && URL.canParse(location) ? new URL(location).origin : '?';
  return misconfigured(
    'wrong-address',
    both(`Moodle отсылает на другой адрес: ${origin}`, `Moodle redirects to another address: ${origin}`),
    both(
      'Укажите в настройках (moodle.url) в точности $CFG->wwwroot сайта, с тем же протоколом',
      'Set moodle.url to exactly the $CFG->wwwroot of the site, with the same protocol',
    ),
  );
};

export const webServicesOff = (): Failure =>
  misconfigured(
    'web-services-off',
    both('Веб-службы или протокол REST выключены (HTTP 403)', 'Web services or the REST protocol are off (HTTP 403)'),
    both(
      'Включите веб-службы (Расширенные возможности) и протокол REST (Управление протоколами)',
      'Enable web services (Advanced features) and the REST protocol (Manage protocols)',
    ),
  );

export const badToken = (): Failure =>
  misconfigured(
    'token-invalid',
    both('Moodle не знает этот токен, или срок его истёк', 'Moodle does not know this token, or it has expired'),
    both(
      'Выпустите новый токен для сервисной учётной записи и замените файл токена; перезапуск не нужен',
      'Issue a new token for the service account and replace the token file; no restart is needed',
    ),
  );

export const accessRefused = (): Failure =>
  misconfigured(
    'access-refused',
    both(
      'Moodle отказал в доступе к веб-службе: служба выключена, учётная запись в неё не допущена, срок токена истёк, ' +
        'адрес не разрешён или нет права webservice/rest:use',
      'Moodle refused access to the web service: the service is disabled, the account is not authorised for it, the ' +
        'token has expired, the address is not allowed, or the capability webservice/rest:use is missing',
    ),
    both(
      'Запустите проверку Moodle и пройдите docs/moodle.md; срок действия у допущенного пользователя оставьте пустым',
      'Run the doctor for Moodle and go through docs/moodle.md; leave the validity date of the authorised user empty',
    ),
  );

export const functionMissing = (name: string): Failure =>
  misconfigured(
    'function-missing',
    both(`Функция ${name} не добавлена во внешнюю службу`, `The function ${name} is not in the external service`),
    both(
      'Добавьте её: Администрирование > Сервер > Веб-службы > Внешние службы > Функции',
      'Add it: Site administration > Server > Web services > External services > Functions',
    ),
    name,
  );

export const capabilityMissing = (capability: string): Failure =>
  misconfigured(
    'capability-missing',
    both(
      `У сервисной учётной записи нет права ${capability}`,
      `The service account lacks the capability ${capability}`,
    ),
    both(
      'Разрешите это право системной роли сервисной учётной записи (docs/moodle.md)',
      'Allow this capability in the system role of the service account (docs/moodle.md)',
    ),
    capability,
  );

export const lookupsBlind = (capability: string): Failure =>
  misconfigured(
    'lookups-blind',
    both(
      `Поиск не видит учётную запись, которая точно есть: вероятно, нет права ${capability}`,
      `Look-ups do not see an account that is certainly there: probably the capability ${capability} is missing`,
    ),
    both(
      'Разрешите это право системной роли сервисной учётной записи (docs/moodle.md)',
      'Allow this capability in the system role of the service account (docs/moodle.md)',
    ),
    capability,
  );

export const roleNotAssignable = (roles: string): Failure =>
  misconfigured(
    'role-not-assignable',
    both(
      `Сервисная учётная запись не может назначать роль с номером ${roles}`,
      `The service account may not assign the role with id ${roles}`,
    ),
    both(
      'Проверьте номера ролей в настройках (moodle.roles), право moodle/role:assign и вкладку «Разрешение назначать роли»',
      'Check the role ids in moodle.roles, the capability moodle/role:assign and the tab "Allow role assignments"',
    ),
    roles,
  );

export const serviceAccountState = (errorcode: string): Failure =>
  misconfigured(
    'service-account',
    both(
      `Сервисная учётная запись не может работать (${errorcode}): заблокирована, не подтверждена, не заполнена, ` +
        'должна сменить пароль или принять правила сайта',
      `The service account cannot work (${errorcode}): suspended, unconfirmed, incomplete, or it has to change its ` +
        'password or accept the site policy',
    ),
    both(
      'Войдите под ней или исправьте её профиль; см. docs/moodle.md',
      'Sign in as the account or mend its profile; see docs/moodle.md',
    ),
    errorcode,
  );

export const authMissing = (auth: string): Failure =>
  misconfigured(
    'auth-plugin-missing',
    both(`Способ входа «${auth}» не установлен в Moodle`, `The authentication plugin "${auth}" is not installed`),
    both('Исправьте accounts.auth или установите модуль', 'Correct accounts.auth or install the plugin'),
    auth,
  );

export const languageMissing = (lang: string): Failure =>
  misconfigured(
    'language-pack-missing',
    both(`Языковой пакет «${lang}» не установлен в Moodle`, `The language pack "${lang}" is not installed`),
    both('Установите пакет или исправьте accounts.lang', 'Install the pack or correct accounts.lang'),
    lang,
  );

export const passwordPolicy = (): Failure =>
  misconfigured(
    'password-policy',
    both(
      'Начальный пароль не подходит под политику паролей сайта',
      'The initial password does not keep the password policy of the site',
    ),
    both(
      'Ослабьте политику паролей сайта, или перейдите на единый вход (accounts.password: none)',
      'Relax the password policy of the site, or use single sign-on (accounts.password: none)',
    ),
  );

// ---- passing

export const databaseConflict = (): Failure => ({
  kind: 'temporary',
  cause: 'database-conflict',
  reason: both(
    'База данных Moodle дважды отклонила запись (обычно взаимная блокировка)',
    'The database of Moodle refused the write twice (mostly a deadlock)',
  ),
  cure: both(
    'Обычно проходит само; если повторяется, смотрите журнал базы данных Moodle',
    'Mostly passes by itself; if it comes back, look into the log of the Moodle database',
  ),
});

export const truncated = (): Failure => ({
  kind: 'temporary',
  cause: 'call-truncated',
  reason: both(
    'PHP сайта отбросил часть вызова сверх max_input_vars',
    'PHP at the Moodle site drops values over max_input_vars',
  ),
  cure: both(
    'Поставьте moodle.maxInputVars не выше max_input_vars сайта или увеличьте его в пуле PHP-FPM',
    'Set moodle.maxInputVars no higher than the max_input_vars of the site, or raise it in the PHP-FPM pool',
  ),
});

/** An errorcode is a machine name; what is not may be a text with personal data. */
export const plainCode = (errorcode: string): string =>
  errorcode === '' ? 'php-error' : /^[\w/-]{1,60}$/.test(errorcode) ? errorcode : 'other';

export const refused = (errorcode: string): Failure => ({
  kind: 'unexplained',
  cause: 'refused',
  about: plainCode(errorcode),
  reason: both(
    `Moodle отказал (${plainCode(errorcode)}), причина не найдена`,
    `Moodle refused (${plainCode(errorcode)}), and no cause was found`,
  ),
  cure: both(
    'Добавьте $CFG->debugusers с номером сервисной учётной записи в config.php Moodle и повторите: причина будет в журнале',
    'Set $CFG->debugusers to the id of the service account in the config.php of Moodle and replay: Moodle then says why',
  ),
});
