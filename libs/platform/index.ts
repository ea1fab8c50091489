export * from './configuration/load.js';
export type { ComponentConfiguration, Configuration, SystemConfiguration } from './configuration/schema.js';
export { HealthSigns, type Sign } from './health/health-signs.js';
export { log, type Fields, type Logger } from './logging/log.js';
export { NestLog } from './logging/nest-log.js';
export { Counter, Gauge, Histogram, register } from './metrics.js';
export { CONFIGURATION, platform } from './platform.module.js';
export * from './secret.js';
export { startService, type Service } from './service/start-service.js';
