import type { Type } from '@nestjs/common';
import { openApiText as textOf } from '#http-api';
import { mayRole, permissions, roles } from '../../permissions/matrix.js';

/** The console's own OpenAPI document. */
export const openApiText = (controllers: readonly Type[]): string =>
  textOf(controllers, {
    title: 'Integration Toolkit: the console',
    description: 'What the pages use. Made from the controllers by `npm run openapi`, not by hand.',
    permissions: Object.fromEntries(
      permissions.map((permission) => [permission, roles.filter((role) => mayRole(role, permission))]),
    ),
    scheme: { name: 'session', how: { type: 'apiKey', in: 'cookie', name: 'itk' } },
  });
