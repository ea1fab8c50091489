import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { problems } from '#http-api';
import { askFor } from '#persistence';

interface Asked {
  service: string;
  system: string;
  what: string;
  by: string;
  payload?: unknown;
  /** It is only asked for something: nothing was to be done. */
  reading?: true;
}

/** Milliseconds: what takes longer goes on by itself, and the page says so. */
const patience = { begin: 8_000, end: 25_000 };

/**
 * Has a service do something. @throws Problem when it could not, or does not run
 * @returns nothing when it is still at it
 */
export async function askService<T>(dataSource: DataSource, asked: Asked): Promise<T | undefined> {
  const end = await askFor(dataSource, asked, patience);
  if (end.state === 'done') return end.result as T;
  if (end.state === 'underWay') return undefined;
  if (end.state === 'failed') throw problems.failed(end.failure);
  if (asked.reading)
    throw problems.away(
      both(`Неизвестно: служба ${asked.service} не запущена`, `Not known: the service ${asked.service} is not running`),
    );
  throw problems.away(
    both(
      `Служба ${asked.service} не запущена: ничего не сделано`,
      `The service ${asked.service} is not running: nothing was done`,
    ),
  );
}
