export * from './bilingual.js';
export * from './failure.js';
export * from './finding.js';
export * from './text.js';
export * from './student.js';
export * from './events.js';
export * from './cloud-event.js';
export * from './routing.js';
