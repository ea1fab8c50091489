import { openApiText } from '#http-api';
import { controllers } from './controllers.js';
import { deskPermissions, rolesThatMay } from './permissions.js';

/** The OpenAPI document of the desk's routes. */
export const deskDocument = (): string =>
  openApiText(controllers, {
    title: 'Integration Toolkit: the desk of onec-component',
    description: 'What the pages use through the console. Made from the controllers by `npm run openapi`, not by hand.',
    permissions: Object.fromEntries(deskPermissions.map((permission) => [permission, rolesThatMay(permission)])),
    scheme: { name: 'door', how: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  });
