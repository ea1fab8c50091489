import { FailureRow } from './entities/failures.js';
import { GapRow } from './entities/gaps.js';
import { JournalRow } from './entities/journal.js';
import { KnownRow } from './entities/known.js';
import { PublisherRow } from './entities/publishers.js';
import { ReplayItemRow } from './entities/replay-items.js';
import { ReplayRow } from './entities/replays.js';
import { FailuresAndJournal1790000500000 } from './migrations/1790000500000-failures-and-journal.js';

export const schema = {
  schema: 'console',
  entities: [FailureRow, KnownRow, JournalRow, PublisherRow, GapRow, ReplayRow, ReplayItemRow],
  migrations: [FailuresAndJournal1790000500000],
};
