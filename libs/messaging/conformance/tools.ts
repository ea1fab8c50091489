import type { Delivery } from '../delivery.js';
import { alwaysOpen, type Guard } from '../guard.js';

/** Waits until `condition` holds; says what it waited for when it does not come true. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A gate that a test opens. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

export const numberOf = (delivery: Delivery): number => (delivery.event.data as { sequence: number }).sequence;

export interface Pausable extends Guard {
  pause(): void;
  resume(): void;
}

/** A guard that the test pauses and resumes. */
export function pausable(): Pausable {
  let signal = new AbortController();
  let open = gate();
  open.open();
  return {
    ...alwaysOpen(),
    paused: () => signal.signal,
    admission: async () => {
      await open.opened;
      return 'open';
    },
    pause: () => {
      open = gate();
      signal.abort();
    },
    resume: () => {
      signal = new AbortController();
      open.open();
    },
  };
}
