import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './servers/machine/places.mjs';

/**
 * In the order of a student's way backwards: whoever consumes stands ready before the first event is published.
 * The component comes first, for the poller asks it.
 */
const order = [
  'onec-component',
  'console',
  'error-flagger',
  'success-reporter',
  'course-enroller',
  'user-provisioner',
  'ims-gateway',
  'onec-poller',
];

/** Every folder of `apps` that has a `main.ts`, in the order of starting. */
export function serviceNames(apps = join(checkout, 'apps')) {
  const found = existsSync(apps) ? readdirSync(apps).filter((name) => existsSync(join(apps, name, 'main.ts'))) : [];
  const rank = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return found.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** @param {string} name */
export function programOf(name) {
  return join(checkout, 'dist/apps', name, 'main.js');
}

/** @param {string} name */
export function sandboxProgram(name) {
  return join(checkout, 'dist/sandbox', name, 'main.js');
}

/**
 * How a service's process is run, here and in production: an idle one must stay under 120 MB. Node's young generation
 * and glibc would keep 35 MB and more for nothing: arenas of threads, and freed buffers below a threshold that grows.
 */
export const nodeFlags = ['--max-semi-space-size=4', '--heap-growing-percent=70'];
/** The console answers people and is never in a hurry: V8 is to save memory before time, under 150 MB at any moment. */
const thriftyFlags = ['--max-semi-space-size=2', '--heap-growing-percent=20', '--optimize-for-size'];

/** @param {string} name of a service */
export const flagsOf = (name) => (name === 'console' ? thriftyFlags : nodeFlags);
export const serviceEnvironment = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
