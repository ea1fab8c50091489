/** `npm run asyncapi`: builds, and writes docs/asyncapi.json from the schemas of libs/contracts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, builtModule } from './preparing/build.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { runCommand, say } from '../texts.mjs';

await runCommand(async () => {
  await build();
  /** @type {typeof import('../../libs/contracts/asyncapi/asyncapi.js')} */
  const { asyncApiText } = await import(builtModule('libs/contracts/asyncapi/asyncapi.js'));
  writeFileSync(join(checkout, 'docs/asyncapi.json'), asyncApiText());
  say({ ru: 'Записан docs/asyncapi.json', en: 'docs/asyncapi.json is written' });
});
