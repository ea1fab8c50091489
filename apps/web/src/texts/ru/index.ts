import { parts } from './parts.js';
import { shell } from './shell.js';
import { users } from './users.js';

export const ru = { shell, parts, users } as const;
