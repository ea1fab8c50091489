import { audit } from './pages/audit.js';
import { deeds } from './deeds.js';
import { desk } from './desk/desk.js';
import { edit } from './pages/edit.js';
import { files } from './pages/files.js';
import { failures } from './pages/failures.js';
import { journal } from './pages/journal.js';
import { mapping } from './desk/mapping.js';
import { notices } from './pages/notices.js';
import { overview } from './pages/overview.js';
import { parts } from './parts.js';
import { queues } from './pages/queues.js';
import { replays } from './pages/replays.js';
import { shell } from './shell.js';
import { students } from './pages/students.js';
import { systems } from './pages/systems.js';
import { users } from './pages/users.js';

export const ru = {
  shell,
  parts,
  failures,
  edit,
  files,
  deeds,
  desk,
  replays,
  journal,
  mapping,
  notices,
  overview,
  queues,
  systems,
  students,
  audit,
  users,
} as const;
