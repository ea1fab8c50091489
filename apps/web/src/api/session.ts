import { useSyncExternalStore } from 'react';

/** Has the console refused somebody whose page is open? Then signing in again happens upon the page, and nothing is lost. */
let ended = false;
const listeners = new Set<() => void>();

function set(value: boolean): void {
  if (ended === value) return;
  ended = value;
  for (const listener of listeners) listener();
}

export const sessionEnded = (): void => set(true);
export const sessionResumed = (): void => set(false);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSessionEnded = (): boolean => useSyncExternalStore(subscribe, () => ended);
