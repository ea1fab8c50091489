export * from './types.js';
export * from './errors.js';
export * from './bisect.js';
export { MoodleClient, type MoodleClientOptions } from './client.js';
