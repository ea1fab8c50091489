import { randomUUID } from 'node:crypto';

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Random hex digits; randomUUID draws its bytes in bulk, randomBytes asks the kernel each time. */
const hex = (digits: number): string => randomUUID().replaceAll('-', '').slice(0, digits);

/** A new step of the trace that `parent` belongs to (W3C Trace Context), or a new trace where there is none. */
export function continueTrace(parent?: string): string {
  const [, trace, , flags] = traceparent.exec(parent ?? '') ?? [];
  return `00-${trace ?? hex(32)}-${hex(16)}-${flags ?? '01'}`;
}
