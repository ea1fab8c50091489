/**
 * `npm run openapi`: builds, and writes apps/console/openapi.json from the console's controllers, the desk's from onec-component's,
 * and from these the types of the pages' clients.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, builtModule } from './preparing/build.mjs';
import { clientTypes, deskClientTypes } from './preparing/client-types.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { runCommand, say } from '../texts.mjs';

await runCommand(async () => {
  await build();
  /** @type {typeof import('../../apps/console/http/openapi/document.js')} */
  const { openApiText } = await import(builtModule('apps/console/http/openapi/document.js'));
  /** @type {typeof import('../../apps/console/http/controllers.js')} */
  const { controllers } = await import(builtModule('apps/console/http/controllers.js'));
  writeFileSync(join(checkout, 'apps/console/openapi.json'), openApiText(controllers));
  writeFileSync(join(checkout, 'apps/web/src/api/schema.ts'), await clientTypes());
  /** @type {typeof import('../../apps/onec-component/desk/document.js')} */
  const { deskDocument } = await import(builtModule('apps/onec-component/desk/document.js'));
  writeFileSync(join(checkout, 'apps/onec-component/desk/openapi.json'), deskDocument());
  writeFileSync(join(checkout, 'apps/web/src/api/desk-schema.ts'), await deskClientTypes());
  say({
    ru: 'Записаны apps/console/openapi.json и apps/web/src/api/schema.ts',
    en: 'apps/console/openapi.json and apps/web/src/api/schema.ts are written',
  });
});
