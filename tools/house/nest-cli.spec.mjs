import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../servers/machine/places.mjs';
import { serviceNames } from '../services.mjs';

test('nest-cli.json names every service as a project, each by its folder', () => {
  const { projects } = JSON.parse(readFileSync(join(checkout, 'nest-cli.json'), 'utf8'));
  expect(Object.keys(projects).sort()).toEqual(serviceNames().sort());
  for (const [name, { root, sourceRoot, entryFile }] of Object.entries(projects))
    expect({ root, sourceRoot, entryFile }).toEqual({
      root: `apps/${name}`,
      sourceRoot: `apps/${name}`,
      entryFile: 'main',
    });
});
