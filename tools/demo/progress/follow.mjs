import { setTimeout as pause } from 'node:timers/promises';
import { Pace, readPauses, readProgress } from './progress.mjs';
import { endLive, showPause, showProgress } from './show.mjs';

/**
 * Shows the live line until everybody was told of once.
 * @param {string} url
 * @param {{ component: boolean, stopped(): boolean }} options
 */
export async function followProgress(url, { component, stopped }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: 'itk start' });
  client.on('error', () => undefined);
  await client.connect();
  const pace = new Pace();
  const told = new Set();
  try {
    for (let round = 0; !stopped(); round++) {
      const progress = await readProgress(client, { component });
      showProgress(progress, pace.note(progress.done, progress.total, Date.now()), round % 10 === 0);
      if (progress.total > 0 && progress.done >= progress.total) {
        endLive();
        return progress;
      }
      for (const paused of round % 10 === 9 ? await readPauses(client) : []) {
        const key = JSON.stringify(paused);
        if (!told.has(key)) showPause(paused);
        told.add(key);
      }
      await pause(500);
    }
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
