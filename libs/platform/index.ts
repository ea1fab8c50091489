export { alarm, forgetAlarm } from './alarm.js';
export { bisect } from './bisect.js';
export { ConfigurationError, loadConfiguration } from './configuration/load.js';
export { universityZone } from './configuration/university-zone.js';
export { defaultErrorCodePattern } from './configuration/schema.js';
export type { Configuration, SystemConfiguration } from './configuration/schema.js';
export {
  hasFile,
  hasMoodle,
  isFedBy1C,
  isFedByFiles,
  siteOf,
  waysOf,
  type FedBy1C,
  type FedByFiles,
  type FileSystem,
  type MoodleSystem,
} from './configuration/systems/kinds.js';
export type { Freshness, Weekday } from './configuration/console/console-schema.js';
export type { Notices } from './configuration/console/notices-schema.js';
export type { OpenIdConfiguration } from './configuration/console/openid-schema.js';
export { roles, type Role } from './configuration/console/roles.js';
export { HealthSigns } from './health/health-signs.js';
export { log } from './logging/log.js';
export { redactText } from './logging/redact.js';
export { Troubles } from './logging/troubles.js';
export { Counter, Gauge, register } from './metrics.js';
export { PerSystem } from './per-system.js';
export { beginStep, type Step } from './tracing/steps.js';
export { hashPassword, isOutdated, nobodysHash, passwordFits } from './password.js';
export { CONFIGURATION, platform } from './platform.module.js';
export { AnswerTooLargeError, readAnswerText } from './http/read-answer.js';
export { NestLog } from './logging/nest-log.js';
export { readSecret, readSecretText, SecretError } from './files/secret.js';
export { productVersion } from './service/version.js';
export { giveBack } from './service/give-back.js';
export { rest } from './service/rest.js';
export { textOfFile } from './files/text-file.js';
export { startService } from './service/start-service.js';
export { connectionTrouble, proxyRefusal } from './http/connection-trouble.js';
export { dispatcherFor } from './http/dispatcher.js';
export { routeTo, type Route } from './http/route.js';
export { tlsTrouble, type SettingTrouble } from './http/tls-trouble.js';
export { wayTo } from './http/way.js';
export { SettingError } from './setting-error.js';
