import { continueTrace } from '#messaging';
import { beginStep } from '#platform';

/** A trace for each student who is published: it begins with the question that brought them. */
export function beginTraces(
  system: string,
  students: number,
  askedAt: number,
): { traceparents: string[]; end(): void } {
  const steps = Array.from({ length: students }, () =>
    beginStep({
      ...{ name: 'GetStudents', kind: 'client', since: new Date(askedAt) },
      attributes: { 'itk.system': system },
    }),
  );
  return {
    traceparents: steps.map((step) => step?.traceparent ?? continueTrace()),
    end: () => steps.forEach((step) => step?.end()),
  };
}
