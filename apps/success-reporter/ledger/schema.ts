import { Later1790000200000 } from './migrations/1790000200000-later.js';
import { LaterIsTold1790000300000 } from './migrations/1790000300000-later-is-told.js';

/** What was told stands in `operations.told`; this service keeps nothing of its own any more. */
export const schema = {
  schema: 'success_reporter',
  connections: 3,
  entities: [],
  migrations: [Later1790000200000, LaterIsTold1790000300000],
};
