export { eventually } from './eventually.js';
export { schemaDrift } from './schema-drift.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
