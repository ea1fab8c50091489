import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { checkout } from '../../servers/machine/places.mjs';

/** What the pages' client knows of the console's API. */
export const clientTypes = () => typesOf('apps/console/openapi.json');

/** What it knows of the desk behind the console. */
export const deskClientTypes = () => typesOf('apps/onec-component/desk/openapi.json');

/** @param {string} path */
async function typesOf(path) {
  const document = new URL(`file://${join(checkout, path)}`);
  const warning = `/** Made by \`npm run openapi\` from ${path}, not by hand. */\n\n`;
  return warning + astToString(await openapiTypescript(document, { alphabetize: false }));
}
