import { upToDate } from './preparing/dependencies.mjs';
import { guessManagement } from '../servers/instance.mjs';
import { languageOf } from '../texts.mjs';
import { lastLine, verdict } from './testing/verdict.mjs';

/**
 * @import { Package } from './preparing/dependencies.mjs'
 * @import { JestReport } from './testing/verdict.mjs'
 */

const report = (/** @type {Partial<JestReport>} */ counts) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  success: true,
  ...counts,
});

test('a run is good only when everything ran and passed', () => {
  expect(verdict(report({ numPassedTests: 7 }))).toEqual({ passed: 7, failed: 0 });
  expect(verdict(report({ numPassedTests: 7, numFailedTests: 2, success: false }))).toEqual({ passed: 7, failed: 2 });
  expect(verdict(report({ numPassedTests: 7, numRuntimeErrorTestSuites: 1, success: false })).failed).toBe(1);
  expect(verdict(report({ numPassedTests: 7, numPendingTests: 1 })).failed).toBe(1);
  expect(verdict(report({ numPassedTests: 7, numPendingTests: 1 }), { byName: true }).failed).toBe(0);
  expect(verdict(report({ numPendingTests: 8 }), { byName: true }).failed).toBe(1);
  expect(verdict(report({ numPassedTests: 7 }), { problems: 1 }).failed).toBe(1);
  expect(verdict(report({ numPassedTests: 7, success: false })).failed).toBe(1);
  expect(verdict(report({ numPassedTests: 7 }), { interrupted: 'SIGINT' }).failed).toBe(1);
  expect(verdict(report({})).failed).toBe(1);
  expect(verdict(undefined).failed).toBe(1);
  expect(lastLine({ passed: 3, failed: 0 })).toBe('3 passed, 0 failed');
});

test('dependencies are compared by what is installed, not by the time of files', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/pg': { version: '8.23.1', integrity: 'a' },
      'node_modules/windows-only': { version: '1.0.0', integrity: 'b', optional: true },
    },
  };
  const installed = (/** @type {Record<string, Package>} */ packages) => ({ packages });
  const pg = { version: '8.23.1', integrity: 'a' };
  expect(upToDate(lock, installed({ 'node_modules/pg': pg }))).toBe(true);
  expect(upToDate(lock, undefined)).toBe(false);
  expect(upToDate(lock, installed({}))).toBe(false);
  expect(upToDate(lock, installed({ 'node_modules/pg': { ...pg, version: '8.22.0' } }))).toBe(false);
  expect(upToDate(lock, installed({ 'node_modules/pg': { ...pg, integrity: 'c' } }))).toBe(false);
  const optional = { version: '0.9.0', integrity: 'b' };
  expect(upToDate(lock, installed({ 'node_modules/pg': pg, 'node_modules/windows-only': optional }))).toBe(false);
});

test('the language follows the wish, then the terminal', () => {
  expect(languageOf({ LANG: 'ru_RU.UTF-8' })).toBe('ru');
  expect(languageOf({ LANG: 'ru_RU.UTF-8', LC_ALL: 'C' })).toBe('en');
  expect(languageOf({ LANG: 'en_US.UTF-8', ITK_LANG: 'ru' })).toBe('ru');
  expect(languageOf({})).toBe('en');
});

test('the management interface is sought beside the broker', () => {
  expect(guessManagement('amqp://user:p%40ss@broker.example:5673/vhost')).toBe(
    'http://user:p%40ss@broker.example:15672',
  );
  expect(guessManagement('amqp://broker.example')).toBe('http://guest:guest@broker.example:15672');
});
