import { eventTypes, makeEvent, type CloudEvent, type Told } from '#contracts';

/** Stages whose own failures are not told to 1C: it is they who could not tell. */
export const reporters: readonly string[] = ['success-reporter', 'error-flagger'];

/** StudentReported: the student's place in the window is free, and the console knows what 1C was told. */
export const reportedEvent = (
  { system, code, revision }: { system: string; code: string; revision: number },
  { told, validUntil }: { told: Told; validUntil?: number },
  from: { service: string; traceparent?: string },
): CloudEvent =>
  makeEvent(
    eventTypes.StudentReported,
    { system, code, revision, told, ...(validUntil !== undefined && { validUntil }) },
    from,
  );
