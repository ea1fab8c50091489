import { setTimeout as rest } from 'node:timers/promises';
import { processorTime } from '../synchronization/processor-time.js';

/** Share of a core that a process takes over so many seconds. */
async function shareOf(pid: number, seconds: number): Promise<number> {
  const [before] = processorTime([pid]);
  const begun = performance.now();
  await rest(seconds * 1000);
  const [after] = processorTime([pid]);
  return (after! - before!) / (performance.now() - begun);
}

/** Opens so many streams of live events and reads whatever comes. */
async function listen(url: string, cookie: string, number: number): Promise<() => void> {
  const giveUp = new AbortController();
  const streams = Array.from({ length: number }, async () => {
    const answer = await fetch(`${url}/api/live`, {
      headers: { cookie, accept: 'text/event-stream' },
      signal: giveUp.signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`/api/live answers ${answer.status}`);
    const reader = answer.body.getReader();
    void (async () => {
      for (;;) if ((await reader.read()).done) return;
    })().catch(() => undefined);
  });
  await Promise.all(streams);
  return () => giveUp.abort();
}

/** What the console takes of a core by itself and with so many pages open, in a time in which `stir` is called each second. */
export async function costOfListeners(
  { url, pid }: { url: string; pid: number },
  cookie: string,
  number: number,
  seconds: number,
  stir: () => Promise<unknown>,
): Promise<{ alone: number; listenedTo: number }> {
  const stirring = setInterval(() => void stir().catch(() => undefined), 1000);
  try {
    await shareOf(pid, 5);
    const alone = await shareOf(pid, seconds);
    const end = await listen(url, cookie, number);
    await shareOf(pid, 5);
    const listenedTo = await shareOf(pid, seconds);
    end();
    return { alone, listenedTo };
  } finally {
    clearInterval(stirring);
  }
}
