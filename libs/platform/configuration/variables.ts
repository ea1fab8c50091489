import { both, type Bilingual } from '#contracts';

/** What the environment of a service, or of the command line, may say. */
export const variables: Record<string, Bilingual> = {
  ITK_CONFIG: both(
    'путь к файлу конфигурации; иначе config/itk.yaml',
    'path of the configuration; else config/itk.yaml',
  ),
  DATABASE_URL: both('адрес PostgreSQL; главнее, чем database.url', "PostgreSQL's address; comes before database.url"),
  DATABASE_URL_FILE: both('файл, в котором лежит этот адрес', 'a file that holds this address'),
  AMQP_URL: both('адрес RabbitMQ; главнее, чем broker.url', "RabbitMQ's address; comes before broker.url"),
  AMQP_URL_FILE: both('файл, в котором лежит этот адрес', 'a file that holds this address'),
  ITK_SECRET_KEY_FILE: both(
    'только user-provisioner: файл с ключом (32 байта: openssl rand -base64 32), которым закрыты первые пароли',
    'user-provisioner only: file of the key (32 bytes: openssl rand -base64 32) that seals first passwords',
  ),
  ITK_SYSTEMS: both(
    'какие системы ведёт этот процесс, через запятую; иначе все. Так системы раскладывают по разным машинам',
    'which systems this process works on, with commas between; else all. So systems are spread over machines',
  ),
  PORT: both(
    'порт того, что служба даёт другим (веб-сервис onec-component, страницы консоли); иначе console.http.port, у onec-component любой свободный',
    "port of what a service serves to others (onec-component's web service, the console's pages); else console.http.port, and of onec-component any free one",
  ),
  HOST: both(
    'на каком адресе; иначе console.http.host, у onec-component на всех',
    'on which address; else console.http.host, and of onec-component on all',
  ),
  HEALTH_PORT: both(
    'порт /health/live, /health/ready и /metrics; иначе любой свободный',
    'port of /health/live, /health/ready and /metrics; else any free one',
  ),
  HEALTH_HOST: both('на каком адресе; иначе на всех', 'on which address; else on all'),
  ITK_LOG_LEVEL: both('debug, info, warn, error или fatal; иначе info', 'debug, info, warn, error or fatal; else info'),
  HTTP_PROXY: both('прокси для адресов http://', 'proxy for http:// addresses'),
  HTTPS_PROXY: both('прокси для адресов https://', 'proxy for https:// addresses'),
  NO_PROXY: both('кого вызывать напрямую', 'who is called directly'),
  NODE_EXTRA_CA_CERTS: both(
    'корневой сертификат своего центра (PEM); читает сам Node',
    'certificate of your own authority (PEM); read by Node itself',
  ),
  ITK_LANG: both('ru или en: язык itk; иначе язык сеанса', "ru or en: itk's language; else the session's"),
  ITK_BY: both(
    'кто это сделал, для журнала itk; иначе имя пользователя',
    "who did it, for itk's records; else the user's name",
  ),
};
