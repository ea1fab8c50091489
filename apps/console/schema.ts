import { entities } from './entities.js';
import { migrations } from './migrations.js';

export const schema = { schema: 'console', entities, migrations };
