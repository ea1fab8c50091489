import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { NestLog } from './nest-log.js';

const written: Record<string, unknown>[] = [];
beforeEach(() => {
  written.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(JSON.parse(String(text)) as Record<string, unknown>);
    return true;
  });
  Logger.overrideLogger(new NestLog());
});
afterEach(() => jest.restoreAllMocks());

const logger = new Logger('Session');

test.each<[string, () => void, Record<string, unknown>]>([
  ['a text', () => logger.log('hello'), { level: 'info', context: 'Session', message: 'hello' }],
  ['a warning with fields', () => logger.warn('slow', { queue: 'q' }), { level: 'warn', message: 'slow', queue: 'q' }],
  [
    'an error with its stack',
    () => logger.error('bad', 'Error: x\n  at y'),
    { level: 'error', message: 'bad', stack: 'Error: x\n  at y' },
  ],
  [
    'an error as a field',
    () => logger.error('bad', { error: new TypeError('x') }),
    { context: 'Session', message: 'bad', error: { name: 'TypeError', message: 'x', stack: expect.any(String) } },
  ],
  ['an error alone', () => logger.error(new TypeError('x')), { message: 'x', error: { name: 'TypeError' } }],
  [
    'an error beside a text',
    () => logger.fatal('bad', new TypeError('x')),
    { level: 'fatal', error: { name: 'TypeError' } },
  ],
  ['an object', () => logger.log({ queue: 'q' }), { message: 'see fields', about: { queue: 'q' } }],
])('%s', (_what, say, expected) => {
  say();
  expect(written).toEqual([expect.objectContaining({ context: 'Session' })]);
  expect(written[0]).toMatchObject(expected);
});

test("Nest's wiring is told at level debug only; its warnings are not hushed", () => {
  const wiring = new Logger('InstanceLoader');
  wiring.log('AppModule dependencies initialized');
  expect(written).toEqual([]);
  wiring.warn('duplicate');
  expect(written).toHaveLength(1);
});
