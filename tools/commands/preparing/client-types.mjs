import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { checkout } from '../../servers/machine/places.mjs';

const warning = '/** Made by `npm run openapi` from apps/console/openapi.json, not by hand. */\n\n';

/** What the pages' client knows of the console's API. */
export async function clientTypes() {
  const document = new URL(`file://${join(checkout, 'apps/console/openapi.json')}`);
  return warning + astToString(await openapiTypescript(document, { alphabetize: false }));
}
