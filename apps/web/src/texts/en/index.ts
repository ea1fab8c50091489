import type { ru } from '../ru/index.js';
import type { English } from '../texts.js';
import { parts } from './parts.js';
import { shell } from './shell.js';
import { users } from './users.js';

export const en: English<typeof ru> = { shell, parts, users };
