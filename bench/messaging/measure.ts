import type { CloudEvent } from '#contracts';
import type { Side } from './side.js';

/** What one measurement gave. */
export interface Rate {
  /** Messages a second. */
  perSecond: number;
  /** Microseconds of this process's processor time for one message: hardly moved by a busy machine. */
  cpuMicros: number;
}

function rate(count: number, since: { time: number; cpu: NodeJS.CpuUsage }): Rate {
  const { user, system } = process.cpuUsage(since.cpu);
  return { perSecond: (count * 1000) / (performance.now() - since.time), cpuMicros: (user + system) / count };
}

const now = () => ({ time: performance.now(), cpu: process.cpuUsage() });

/** All events, `flight` of them at a time in the broker's hands. */
export async function measurePublish(side: Side, events: readonly CloudEvent[], flight: number): Promise<Rate> {
  const begun = now();
  for (let at = 0; at < events.length; at += flight) await side.publish(events.slice(at, at + flight));
  return rate(events.length, begun);
}

/**
 * From the first message handled to the last whole batch: opening the subscription and the wait for a last batch that
 * does not fill are no part of it.
 * @param waiting messages in the queue
 */
export async function measureConsume(side: Side, size: number, waiting: number): Promise<Rate> {
  let begun: ReturnType<typeof now> | undefined;
  let first = 0;
  let sum = 0;
  let result: Rate | undefined;
  let finish: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (finish = resolve));
  const consuming = await side.consume(size, (count) => {
    if (!begun) {
      begun = now();
      first = count;
    }
    sum += count;
    if (!result && sum > waiting - size) result = rate(sum - first, begun);
    if (sum > waiting - size) finish();
  });
  await all;
  await consuming.stop();
  return result!;
}
