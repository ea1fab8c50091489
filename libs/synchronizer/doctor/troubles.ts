import { both, fromFailure, type Bilingual, type Failure, type Finding } from '#contracts';

/** Where a trouble lies: the check under which it is told. */
const checks: Record<string, string> = {
  'onec-auth': 'account',
  'onec-auth-scheme': 'account',
  'onec-access': 'account',
  'onec-password-file': 'account',
  'onec-publication': 'publication',
  'onec-locked': 'lock',
  'onec-licence': 'licence',
  'onec-busy': 'session',
  'onec-unknown-els': 'els',
};

const mends: Record<string, Bilingual> = {
  'onec-unreachable': both(
    'Проверьте synchronizer.url, имя сервера, порт, сертификат и сеть отсюда до веб-сервера 1С',
    "Check synchronizer.url, the server's name, port and certificate, and the network from here to 1C's web server",
  ),
  'onec-timeout': both(
    'Посмотрите, не занят ли сервер 1С; после простоя первый вызов бывает долгим — повторите проверку',
    "See whether 1C's server is busy; after a rest the first call may be long: examine once more",
  ),
  'onec-locked': both(
    'Дождитесь конца регламентных работ или снимите запрет начала сеансов в свойствах базы; тулкит ждёт и продолжит сам',
    'Wait for the end of the maintenance, or lift the ban on new sessions in the properties of the infobase; the toolkit waits and goes on by itself',
  ),
  'onec-busy': both(
    'Увеличьте poolSize и poolTimeout сервиса в default.vrd и завершите лишние сеансы веб-сервиса',
    "Raise the service's poolSize and poolTimeout in default.vrd, and end idle sessions of web services",
  ),
  'onec-server': both(
    'Посмотрите журналы веб-сервера и технологический журнал 1С: отвечает не веб-сервис, а сервер перед ним',
    "Look into the logs of the web server and of 1C's server: the answer is not from the web service but from the server before it",
  ),
  'onec-protocol': both(
    'Откройте адрес synchronizer.url с ?wsdl: перед 1С может стоять прокси, форма входа или страница обслуживания; тулкиту нужен путь мимо них',
    'Open synchronizer.url with ?wsdl: a proxy, a log-in form or a maintenance page may stand before 1C; the toolkit needs a way past them',
  ),
  'onec-fault': both(
    'Найдите исключение в журнале регистрации 1С по имени пользователя и времени',
    "Find the exception in 1C's event log by user and time",
  ),
  'onec-refused': both(
    'Проверьте права учётной записи на регистр Synchronization',
    "Check the account's right to write the register Synchronization",
  ),
};

/** A failure of the client as a finding, always with a mend. */
export function trouble(failure: Failure, otherwise = 'reachable'): Finding {
  const mend = failure.cure ?? mends[failure.cause];
  return fromFailure(checks[failure.cause] ?? otherwise, { ...failure, ...(mend && { cure: mend }) });
}
