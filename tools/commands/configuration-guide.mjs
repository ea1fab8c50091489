/** `npm run configuration-guide`: builds, and writes the example and the document of the configuration from its guide. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, builtModule } from './preparing/build.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { runCommand, say } from '../texts.mjs';

await runCommand(async () => {
  await build();
  /** @type {typeof import('../../libs/platform/configuration/guide/document.js')} */
  const { documentText } = await import(builtModule('libs/platform/configuration/guide/document.js'));
  /** @type {typeof import('../../libs/platform/configuration/guide/example.js')} */
  const { exampleText } = await import(builtModule('libs/platform/configuration/guide/example.js'));
  const texts = { 'docs/configuration.md': documentText(), 'config/itk.example.yaml': exampleText() };
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
    say({ ru: `Записан ${path}`, en: `${path} is written` });
  }
});
