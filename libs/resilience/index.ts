export * from './system-guard.js';
export * from './consuming.module.js';
