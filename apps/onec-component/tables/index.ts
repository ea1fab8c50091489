import { mirrorEntities } from './mirror.js';
import { migrations } from './migrations.js';
import { toolkitEntities } from './toolkit.js';

/** The service's schema: the mirror of 1C:University, and the paper's own objects. */
export const tables = {
  schema: 'onec_component',
  entities: [...mirrorEntities, ...toolkitEntities],
  migrations,
};
