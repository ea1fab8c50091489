/**
 * First come, first served within this process. The server cannot do it: within one session an advisory lock is given
 * to whoever asks, as often as asked.
 */
export class Turns {
  private readonly queues = new Map<string, (() => void)[]>();

  /** Waits for the turn; the answer passes it on. `signal` ends the waiting. */
  async take(key: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const queue = this.queues.get(key) ?? [];
    if (this.queues.has(key)) await inLine(queue, signal);
    else this.queues.set(key, queue);
    let passed = false;
    return () => {
      if (passed) return;
      passed = true;
      const next = queue.shift();
      if (next) next();
      else this.queues.delete(key);
    };
  }
}

const inLine = (queue: (() => void)[], signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      queue.splice(queue.indexOf(begin), 1);
      reject(signal!.reason as Error);
    };
    const begin = (): void => {
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    queue.push(begin);
    signal?.addEventListener('abort', leave, { once: true });
  });
