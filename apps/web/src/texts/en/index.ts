import type { ru } from '../ru/index.js';
import type { English } from '../texts.js';
import { deeds } from './deeds.js';
import { failures } from './failures.js';
import { parts } from './parts.js';
import { replays } from './replays.js';
import { shell } from './shell.js';
import { users } from './users.js';

export const en: English<typeof ru> = { shell, parts, failures, deeds, replays, users };
