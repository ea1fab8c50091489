import type { Bearer } from '#http-api';
import type { Person } from '../documents/drafts.js';

/** Whoever the console's token names, as documents keep them. */
export const personOf = ({ login, name }: Bearer): Person => ({ login, author: name.trim() || login });
