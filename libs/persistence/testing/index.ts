export * from './eventually.js';
export * from './schema-drift.js';
export * from './test-database.js';
