/** `npm run openapi`: builds, and writes apps/console/openapi.json from the console's controllers. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './preparing/build.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { runCommand, say } from '../texts.mjs';

await runCommand(async () => {
  await build();
  const { openApiText } = await import('../../dist/apps/console/http/openapi/document.js');
  const { controllers } = await import('../../dist/apps/console/http/controllers.js');
  writeFileSync(join(checkout, 'apps/console/openapi.json'), openApiText(controllers));
  say({ ru: 'Записан apps/console/openapi.json', en: 'apps/console/openapi.json is written' });
});
