import { parts } from './parts.js';
import { shell } from './shell.js';

export const ru = { shell, parts } as const;
