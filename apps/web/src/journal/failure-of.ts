import { eventTypes, type Event } from './api.js';

/** The failure that an event tells of: its dead letter's, or its own where 1C has found the fault itself. */
export function failureOf({ type, data, eventId }: Pick<Event, 'type' | 'data' | 'eventId'>): string | undefined {
  if (type !== eventTypes.failed) return undefined;
  const letter = typeof data === 'object' && data !== null ? (data as { deadLetter?: unknown }).deadLetter : undefined;
  return typeof letter === 'string' ? letter : `${eventId}/1c`;
}
