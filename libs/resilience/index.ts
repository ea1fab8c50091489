export * from './broker-watch.js';
export * from './system-guard.js';
export * from './consuming.module.js';
