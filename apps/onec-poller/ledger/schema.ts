import { StudentRow } from './entities/students.js';
import { SystemRow } from './entities/systems.js';
import { Window1790000100000 } from './migrations/1790000100000-window.js';
import { AnswersNoted1790000200000 } from './migrations/1790000200000-answers-noted.js';

export const schema = {
  schema: 'onec_poller',
  entities: [StudentRow, SystemRow],
  migrations: [Window1790000100000, AnswersNoted1790000200000],
};
