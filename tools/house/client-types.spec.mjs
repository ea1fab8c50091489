import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientTypes, deskClientTypes } from '../commands/preparing/client-types.mjs';
import { checkout } from '../servers/machine/places.mjs';

test('apps/web/src/api/schema.ts is what apps/console/openapi.json says: else npm run openapi', async () => {
  expect(readFileSync(join(checkout, 'apps/web/src/api/schema.ts'), 'utf8')).toBe(await clientTypes());
});

test('apps/web/src/api/desk-schema.ts is what apps/onec-component/desk/openapi.json says: else npm run openapi', async () => {
  expect(readFileSync(join(checkout, 'apps/web/src/api/desk-schema.ts'), 'utf8')).toBe(await deskClientTypes());
});
