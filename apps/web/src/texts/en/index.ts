import type { ru } from '../ru/index.js';
import type { English } from '../texts.js';
import { audit } from './audit.js';
import { deeds } from './deeds.js';
import { failures } from './failures.js';
import { journal } from './journal.js';
import { overview } from './overview.js';
import { parts } from './parts.js';
import { queues } from './queues.js';
import { replays } from './replays.js';
import { shell } from './shell.js';
import { students } from './students.js';
import { systems } from './systems.js';
import { users } from './users.js';

export const en: English<typeof ru> = {
  shell,
  parts,
  failures,
  deeds,
  replays,
  journal,
  overview,
  queues,
  systems,
  students,
  audit,
  users,
};
