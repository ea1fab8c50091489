export { examineMapping, type MappingExamined } from './check/examine.js';
export type { SectionLook } from './check/examples.js';
export { ODataClient } from './client/client.js';
export { MappingError, readMapping } from './mapping/mapping.js';
export { RingError } from './mapping/plan.js';
export { readMapped, type MappedRecord } from './mapping/read.js';
