import { both, SynchronizationError, type Bilingual } from '#contracts';

/** Everything that can go wrong between us and a publication of OData. `outage`: passes by itself, worth asking again. */
export abstract class ODataError extends SynchronizationError {
  constructor(kind: 'outage' | 'configuration', cause: string, reason: Bilingual, cure?: Bilingual) {
    super({ kind, cause, reason, ...(cure && { cure }) });
  }
}

/** No connection, or one that broke. */
export class UnreachableError extends ODataError {
  override name = 'UnreachableError';
  constructor(code: string) {
    super('outage', 'odata-unreachable', both(`1С не отвечает: ${code}`, `1C cannot be reached: ${code}`));
  }
}

/** The answer took too long. */
export class SlowError extends ODataError {
  override name = 'SlowError';
  constructor(milliseconds: number) {
    const seconds = Math.round(milliseconds / 1000);
    super(
      'outage',
      'odata-timeout',
      both(`1С не ответила за ${seconds} с`, `1C did not answer within ${seconds} s`),
      both('Уменьшите pageSize или разгрузите сервер 1С', "Make pageSize smaller or relieve 1C's server"),
    );
  }
}

/** 5xx, an HTML page, a body cut short: the web server or the platform instead of data. */
export class ServerError extends ODataError {
  override name = 'ServerError';
  constructor(what: Bilingual) {
    super(
      'outage',
      'odata-server',
      both(`Вместо данных 1С ответила: ${what.ru}`, `Instead of data 1C answered: ${what.en}`),
    );
  }
}

/** The infobase starts no sessions. */
export class LockedError extends ODataError {
  override name = 'LockedError';
  constructor() {
    super(
      'outage',
      'odata-locked',
      both('Начало сеансов в 1С запрещено', 'The infobase is locked: 1C starts no sessions'),
    );
  }
}

/** No free licence for one more session. */
export class LicenceError extends ODataError {
  override name = 'LicenceError';
  constructor() {
    super(
      'outage',
      'odata-licence',
      both('В 1С нет свободной лицензии', '1C has no free licence'),
      both('Завершите лишние сеансы или добавьте клиентскую лицензию', 'End idle sessions or add a client licence'),
    );
  }
}

/** 406: the pool of sessions is full. */
export class BusyError extends ODataError {
  override name = 'BusyError';
  constructor() {
    super('outage', 'odata-busy', both('1С занята: сеанс не создан (406)', '1C is busy: no session was created (406)'));
  }
}

/** 401 of the web server or of the infobase. */
export class CredentialsError extends ODataError {
  override name = 'CredentialsError';
  constructor(schemes: string) {
    const windows = schemes !== '';
    super(
      'configuration',
      windows ? 'odata-auth-scheme' : 'odata-auth',
      windows
        ? both(
            `Веб-сервер 1С не принимает имя и пароль (Basic), только ${schemes} (401)`,
            `1C's web server takes no user and password (Basic), only ${schemes} (401)`,
          )
        : both('1С отвергла имя или пароль (401)', '1C refused the user or the password (401)'),
      windows
        ? both(
            'Включите проверку подлинности Basic для публикации в IIS',
            'Turn on Basic Authentication for the publication in IIS',
          )
        : both(
            'Проверьте onecComponent.mirror.odata.user и файл пароля',
            'Check onecComponent.mirror.odata.user and the password file',
          ),
    );
  }
}

/** 401 with code 20: the user signed in, and may not read this. */
export class RightsError extends ODataError {
  override name = 'RightsError';
  constructor(readonly set: string) {
    super(
      'configuration',
      'odata-rights',
      both(`Нет права читать ${set} (401, код 20)`, `The user may not read ${set} (401, code 20)`),
      both(
        `Дайте пользователю 1С роль удалённого доступа OData и право чтения на ${set} без ограничения по записям`,
        `Give the 1C user the role of remote OData access and the right to read ${set} without record-level limits`,
      ),
    );
  }
}

/** 403 of an infobase that is not locked. */
export class ForbiddenError extends ODataError {
  override name = 'ForbiddenError';
  constructor() {
    super(
      'configuration',
      'odata-access',
      both('Доступ к OData запрещён (403)', 'OData is forbidden (403)'),
      both(
        'Дайте пользователю 1С роль удалённого доступа OData; проверьте правила веб-сервера',
        "Give the 1C user the role of remote OData access; look at the web server's rules",
      ),
    );
  }
}

/** 404 or a redirect of the web server: nothing is published there. */
export class PublicationError extends ODataError {
  override name = 'PublicationError';
  constructor(what: string) {
    super(
      'configuration',
      'odata-publication',
      both(`По этому адресу нет OData: ${what}`, `There is no OData at this address: ${what}`),
      both(
        'Проверьте onecComponent.mirror.odata.url: https://сервер/база/odata/standard.odata; в default.vrd нужен standardOdata enable="true"',
        'Check onecComponent.mirror.odata.url: https://server/base/odata/standard.odata; default.vrd needs standardOdata enable="true"',
      ),
    );
  }
}

/** 404 with code 8: the composition of the interface has no such set. */
export class NoSetError extends ODataError {
  override name = 'NoSetError';
  constructor(readonly set: string) {
    super(
      'configuration',
      'odata-no-set',
      both(`В публикации нет ${set} (404, код 8)`, `The publication has no ${set} (404, code 8)`),
      both(
        `Включите этот объект в состав стандартного интерфейса OData или исправьте имя в файле соответствия: itk doctor покажет похожие`,
        'Put this object into the composition of the standard OData interface, or mend its name in the mapping: itk doctor shows near ones',
      ),
    );
  }
}

/** Nothing at all is published: the composition was lost at an update of the configuration. */
export class CompositionLostError extends ODataError {
  override name = 'CompositionLostError';
  constructor() {
    super(
      'configuration',
      'odata-composition-lost',
      both(
        'Состав стандартного интерфейса OData пуст: не опубликован ни один объект',
        'The composition of the standard OData interface is empty: no object is published',
      ),
      both(
        'Задайте состав заново (обработка «Настройка стандартного интерфейса OData»): обновление конфигурации его сбрасывает',
        'Set the composition again (data processor "Set up standard OData interface"): an update of the configuration resets it',
      ),
    );
  }
}

/** 400 with code 6 or 10 and the like: a field or a function of ours is not there. */
export class QueryError extends ODataError {
  override name = 'QueryError';
  constructor(
    readonly set: string,
    readonly code: string,
    text: string,
  ) {
    super(
      'configuration',
      'odata-query',
      both(
        `1С не поняла запрос к ${set} (код ${code}): ${text}`,
        `1C did not understand the query of ${set} (code ${code}): ${text}`,
      ),
      both(
        'Исправьте имена полей в файле соответствия: itk doctor покажет, чего нет и что похоже',
        'Mend the names of fields in the mapping: itk doctor shows what is missing and what is near',
      ),
    );
  }
}

/** What came back is no OData. */
export class FormError extends ODataError {
  override name = 'FormError';
  constructor(what: Bilingual) {
    super(
      'outage',
      'odata-form',
      both(`Ответ OData не разобран: ${what.ru}`, `The OData answer cannot be read: ${what.en}`),
    );
  }
}

/** Between two pages the set kept changing. */
export class RestlessSetError extends ODataError {
  override name = 'RestlessSetError';
  constructor(set: string) {
    super(
      'outage',
      'odata-restless',
      both(
        `${set} меняется быстрее, чем читается: страницы не сошлись`,
        `${set} changes faster than it is read: its pages do not meet`,
      ),
    );
  }
}
