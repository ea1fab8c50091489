import { both, SynchronizationError, type Bilingual, type FailureKind } from '#contracts';

/** Everything that can go wrong between us and a publication of ITK_Synchronizer. */
export abstract class SynchronizerError extends SynchronizationError {
  /** False: 1C has surely not begun what was asked. */
  readonly mayBeDone: boolean = true;

  constructor(kind: FailureKind, cause: string, reason: Bilingual, cure?: Bilingual, error?: unknown) {
    super({ kind, cause, reason, ...(cure && { cure }) }, error === undefined ? undefined : { cause: error });
  }
}

/** No connection: wrong address, the server is down, or the network between. */
export class UnreachableError extends SynchronizerError {
  override name = 'UnreachableError';
  constructor(
    code: string,
    /** The connection stood before it broke. */
    override readonly mayBeDone = true,
  ) {
    super('outage', 'onec-unreachable', both(`1С не отвечает: ${code}`, `1C cannot be reached: ${code}`));
  }
}

/** The connection or the whole call took too long. 1C may still be at it. */
export class OnecTimeoutError extends SynchronizerError {
  override name = 'OnecTimeoutError';
  override readonly mayBeDone: boolean;
  constructor(what: 'connect' | 'answer', milliseconds: number) {
    const seconds = Math.round(milliseconds / 100) / 10;
    super(
      'outage',
      'onec-timeout',
      what === 'connect'
        ? both(`Соединение с 1С не установлено за ${seconds} с`, `No connection to 1C within ${seconds} s`)
        : both(`1С не ответила за ${seconds} с`, `1C did not answer within ${seconds} s`),
    );
    this.mayBeDone = what === 'answer';
  }
}

/**
 * The service closes: the call is given up. 1C is not to blame, so the cause is that of a lost lock: messages are
 * handed back without a pause.
 */
export class ServiceClosingError extends SynchronizerError {
  override name = 'ServiceClosingError';
  constructor(
    /** False: the call had not begun. */
    override readonly mayBeDone = true,
  ) {
    super(
      'outage',
      'database-away',
      both('Служба завершает работу: вызов 1С оставлен', 'The service is closing: the call of 1C is given up'),
    );
  }
}

/** 401: the user or the password. */
export class AuthenticationError extends SynchronizerError {
  override name = 'AuthenticationError';
  override readonly mayBeDone = false;
  constructor() {
    super(
      'configuration',
      'onec-auth',
      both('1С отвергла имя или пароль (401)', '1C refused the user or the password (401)'),
      both(
        'Проверьте synchronizer.user и файл пароля; у пользователя 1С должна быть роль ELSAdministrator',
        'Check synchronizer.user and the password file; the 1C user needs the role ELSAdministrator',
      ),
    );
  }
}

/** 401, and the web server offers only ways to sign in that go with a Windows domain. */
export class AuthenticationSchemeError extends SynchronizerError {
  override name = 'AuthenticationSchemeError';
  constructor(offered: string) {
    super(
      'configuration',
      'onec-auth-scheme',
      both(
        `Веб-сервер 1С не принимает имя и пароль (Basic), только ${offered} (401)`,
        `1C's web server takes no user and password (Basic), only ${offered} (401)`,
      ),
      both(
        'Включите обычную проверку подлинности (Basic) для публикации в IIS; проверка подлинности Windows тулкиту не нужна',
        'Turn on Basic Authentication for the publication in IIS; the toolkit needs no Windows Authentication',
      ),
    );
  }
}

/** 403 of an infobase that is not locked: the account may not use the web service. */
export class AccessError extends SynchronizerError {
  override name = 'AccessError';
  override readonly mayBeDone = false;
  constructor() {
    super(
      'configuration',
      'onec-access',
      both('У учётной записи нет права на веб-сервис (403)', 'The account may not use the web service (403)'),
      both('Дайте пользователю 1С роль ELSAdministrator', 'Give the 1C user the role ELSAdministrator'),
    );
  }
}

/** 404, a redirect, or a page that is no web service: the address is wrong. */
export class PublicationError extends SynchronizerError {
  override name = 'PublicationError';
  override readonly mayBeDone = false;
  constructor(what: string) {
    super(
      'configuration',
      'onec-publication',
      both(
        `По этому адресу нет веб-сервиса ITK_Synchronizer: ${what}`,
        `No web service ITK_Synchronizer there: ${what}`,
      ),
      both(
        'Проверьте synchronizer.url: https://сервер/база/ws/ITK_Synchronizer.1cws; сервис должен быть опубликован (default.vrd)',
        'Check synchronizer.url: https://server/base/ws/ITK_Synchronizer.1cws; the service must be published (default.vrd)',
      ),
    );
  }
}

/** The infobase is locked for maintenance. */
export class LockedError extends SynchronizerError {
  override name = 'LockedError';
  override readonly mayBeDone = false;
  constructor() {
    super(
      'outage',
      'onec-locked',
      both('Начало сеансов в 1С запрещено', 'The infobase is locked: 1C starts no sessions'),
    );
  }
}

/** No free licence for one more session. */
export class LicenceError extends SynchronizerError {
  override name = 'LicenceError';
  override readonly mayBeDone = false;
  constructor() {
    super(
      'outage',
      'onec-licence',
      both('В 1С нет свободной лицензии', '1C has no free licence'),
      both(
        'Завершите лишние сеансы или добавьте клиентскую лицензию: сеанс веб-сервиса занимает одну',
        'End idle sessions or add a client licence: a web-service session takes one',
      ),
    );
  }
}

/** 406: the session pool is full, or a session cannot be created. */
export class BusyError extends SynchronizerError {
  override name = 'BusyError';
  override readonly mayBeDone = false;
  constructor() {
    super('outage', 'onec-busy', both('1С занята: сеанс не создан (406)', '1C is busy: no session was created (406)'));
  }
}

/** 5xx without a SOAP fault: the web server or the platform itself. */
export class ServerError extends SynchronizerError {
  override name = 'ServerError';
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(
      'outage',
      'onec-server',
      both(`Сервер 1С ответил ${status}${detail}`, `1C's server answered ${status}${detail}`),
    );
  }
}

/** What came back keeps no rule of the protocol: HTML with 200, a cut body. */
export class ProtocolError extends SynchronizerError {
  override name = 'ProtocolError';
  constructor(what: Bilingual) {
    super(
      'outage',
      'onec-protocol',
      both(`Ответ 1С не разобран: ${what.ru}`, `1C's answer cannot be read: ${what.en}`),
    );
  }
}

/** The envelope is whole and the operation's own result is no JSON: its module writes it so, every time. */
export class NotJsonError extends SynchronizerError {
  override name = 'NotJsonError';
  constructor(
    operation: string,
    readonly place: { line: number; column: number },
  ) {
    const { line, column } = place;
    super(
      'configuration',
      'onec-no-json',
      both(
        `${operation} вернула не JSON: строка ${line}, столбец ${column}`,
        `${operation} returned no JSON: line ${line}, column ${column}`,
      ),
      both(
        'Пусть модуль веб-сервиса пишет ответ через ЗаписьJSON, а не складывает строки: кавычка, перевод строки, табуляция или обратная косая черта в данных ломают его',
        "Have the web service's module write its answer by JSONWriter instead of joining strings: a quote, a line feed, a tab or a backslash in the data breaks it",
      ),
    );
  }
}

/** The module of the web service raised an exception. One record may be the cause: worth another try, and bisection. */
export class FaultError extends SynchronizerError {
  override name = 'FaultError';
  constructor(redacted: string) {
    super('temporary', 'onec-fault', both(`Исключение в 1С: ${redacted}`, `1C raised an exception: ${redacted}`));
  }
}

/** The name in the ELS directory is another. */
export class UnknownElsError extends SynchronizerError {
  override name = 'UnknownElsError';
  override readonly mayBeDone = false;
  constructor(els: string) {
    super(
      'configuration',
      'onec-unknown-els',
      both(`В справочнике ELS нет системы «${els}»`, `1C's ELS directory has no system named "${els}"`),
      both(
        'Настройка els системы должна совпадать с наименованием в справочнике ELS',
        "The system's setting els must be the Name in the ELS directory",
      ),
    );
  }
}

/** The publication is a foreign one and lacks an operation. */
export class MissingOperationError extends SynchronizerError {
  override name = 'MissingOperationError';
  override readonly mayBeDone = false;
  constructor(readonly operation: string) {
    super(
      'configuration',
      'onec-missing-operation',
      both(`Веб-сервис не предоставляет операцию ${operation}`, `The web service has no operation ${operation}`),
      both(
        'Обновите ITK_Synchronizer в 1С; без SetErrorCronflag задайте setErrorCronflag: no',
        'Update ITK_Synchronizer in 1C; without SetErrorCronflag set setErrorCronflag: no',
      ),
    );
  }
}

/** Parts of a list that 1C did not take although it took the rest. */
export class RefusedError extends SynchronizerError {
  override name = 'RefusedError';
  constructor(operation: string) {
    super(
      'temporary',
      'onec-refused',
      both(`1С отказала: ${operation} вернула ложь`, `1C refused: ${operation} returned false`),
    );
  }
}

/** May 1C have done what was asked, although no answer was read? Of what is no error of 1C nobody knows. */
export const mayBeDone = (error: unknown): boolean =>
  error instanceof SynchronizerError
    ? error.mayBeDone
    : !(error instanceof SynchronizationError && error.failure.kind === 'configuration');
