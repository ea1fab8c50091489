import { Injectable } from '@nestjs/common';

/**
 * `paused`: on purpose, until somebody or something else is mended; the service itself is ready. `ailing`: it does its
 * work and is ready, but somebody has to look.
 */
export type Sign = 'up' | 'paused' | { ailing: string } | { down: string };

/** What /health/ready asks. Each part of a service sets its own sign. */
@Injectable()
export class HealthSigns {
  private readonly checks = new Map<string, () => Promise<Sign>>();

  /** A check that throws, or takes longer than three seconds, counts as down. The same name replaces. */
  set(name: string, check: () => Promise<Sign>): void {
    this.checks.set(name, check);
  }

  async read(): Promise<{ name: string; sign: Sign }[]> {
    return Promise.all([...this.checks].map(async ([name, check]) => ({ name, sign: await answerOf(check) })));
  }
}

const patience = 3_000;

async function answerOf(check: () => Promise<Sign>): Promise<Sign> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Sign>((resolve) => {
    timer = setTimeout(() => resolve({ down: `no answer within ${patience} ms` }), patience);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    // The name only: a message may quote what must not be shown.
    return { down: error instanceof Error ? error.name : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
