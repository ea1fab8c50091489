import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the expectation holds; after `within` milliseconds its own complaint is the failure. */
export async function eventually<T>(expectation: () => T | Promise<T>, within = 10_000): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await sleep(20);
    }
  }
}
