import type { Delivery } from '../answering/delivery.js';
import type { Guard } from '../answering/guard.js';
import { alwaysOpen } from '../testing/guards.js';

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

/** What `read` says when it has said the same ten times in a row. */
export async function steady(read: () => Promise<number>): Promise<number> {
  let [last, times] = [await read(), 1];
  await until('a number stays', async () => {
    const now = await read();
    times = now === last ? times + 1 : 1;
    last = now;
    return times === 10;
  });
  return last;
}

export interface Pausable extends Guard {
  /** The consumer has left its queue and asks whether it may work. */
  waits: boolean;
  pause(): void;
  resume(): void;
}

/** A guard that the test pauses and resumes. */
export function pausable(): Pausable {
  let signal = new AbortController();
  let open = gate();
  open.open();
  const guard: Pausable = {
    ...alwaysOpen(),
    waits: false,
    paused: () => signal.signal,
    admission: async () => {
      guard.waits = true;
      await open.opened;
      guard.waits = false;
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
  return guard;
}
