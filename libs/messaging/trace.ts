import { randomBytes } from 'node:crypto';

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** A new step of the trace that `parent` belongs to (W3C Trace Context), or a new trace where there is none. */
export function continueTrace(parent?: string): string {
  const [, trace, , flags] = traceparent.exec(parent ?? '') ?? [];
  return `00-${trace ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${flags ?? '01'}`;
}
