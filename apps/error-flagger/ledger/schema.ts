import { FlagRow } from './entities/flags.js';
import { HeldRow } from './entities/held.js';
import { FlagsAndHeld1790000300000 } from './migrations/1790000300000-flags-and-held.js';
import { LaterIsTold1790000400000 } from './migrations/1790000400000-later-is-told.js';

export const schema = {
  schema: 'error_flagger',
  connections: 3,
  entities: [FlagRow, HeldRow],
  migrations: [FlagsAndHeld1790000300000, LaterIsTold1790000400000],
};
