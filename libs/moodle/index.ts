export * from './types.js';
export * from './errors.js';
export * from './bisect.js';
export { MoodleClient } from './client.js';
export type { MoodleClientOptions } from './transport/caller.js';
export { examineMoodle } from './doctor/examine.js';
export type { Circumstances } from './doctor/circumstances.js';
export type { Finding, Severity } from './doctor/finding.js';
export { functionsNeeded } from './doctor/functions-needed.js';
