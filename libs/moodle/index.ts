export * from './types.js';
export * from './errors.js';
export * from './bisect.js';
export { MoodleClient } from './client.js';
export type { MoodleClientOptions } from './transport/caller.js';
