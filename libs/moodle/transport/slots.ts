interface Waiting {
  keys: readonly string[];
  start: () => void;
}

/**
 * At most `size` calls in flight, and none while another call in flight has one of its keys: two calls that touch the
 * same person (or group) at the same time deadlock in Moodle's database.
 */
export class Slots {
  readonly #held = new Set<string>();
  readonly #waiting: Waiting[] = [];
  #inFlight = 0;

  constructor(private readonly size: number) {}

  async run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ keys, start });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#inFlight--;
      for (const key of keys) this.#held.delete(key);
      this.#admit();
    }
  }

  #admit(): void {
    // Keys of those who wait longer are spoken for: nobody overtakes on a shared key, so nobody starves.
    const spokenFor = new Set<string>();
    for (let index = 0; index < this.#waiting.length && this.#inFlight < this.size;) {
      const { keys, start } = this.#waiting[index] as Waiting;
      if (keys.some((key) => this.#held.has(key) || spokenFor.has(key))) {
        for (const key of keys) spokenFor.add(key);
        index++;
        continue;
      }
      this.#waiting.splice(index, 1);
      this.#inFlight++;
      for (const key of keys) this.#held.add(key);
      start();
    }
  }
}
