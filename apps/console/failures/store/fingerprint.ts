import { createHash } from 'node:crypto';
import type { Cause } from '../failure.js';

/** Failures of one cause share it: the key of their group. */
export const fingerprint = ({ system, service, kind, cause, about }: Cause): string =>
  createHash('sha256')
    .update(JSON.stringify([system, service, kind, cause, about]))
    .digest('hex')
    .slice(0, 10);
