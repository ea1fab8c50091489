import { deeds } from './deeds.js';
import { failures } from './failures.js';
import { parts } from './parts.js';
import { replays } from './replays.js';
import { shell } from './shell.js';
import { users } from './users.js';

export const ru = { shell, parts, failures, deeds, replays, users } as const;
