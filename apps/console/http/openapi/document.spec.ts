import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routesOf } from '#http-api';
import { controllers } from '../controllers.js';
import { openApiText } from './document.js';

test('apps/console/openapi.json is what the controllers say now: else npm run openapi', () => {
  expect(readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8')).toBe(openApiText(controllers));
});

test('every route says to whom it is open and what it answers', () => {
  const silent = routesOf(controllers).filter(({ permit, answer }) => permit === undefined || answer === undefined);
  expect(silent).toEqual([]);
});
