import type { Request } from 'express';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { problems } from '#http-api';

/** Seconds. */
const perAddress = { points: 10, duration: 60 };
const perLogin = { points: 10, duration: 600 };

/** How often somebody may try to sign in: by the address it comes from, and by login. Kept in the database, for replicas. */
export class Tries {
  private readonly ofAddress: RateLimiterPostgres;
  private readonly ofLogin: RateLimiterPostgres;

  constructor(dataSource: DataSource) {
    const kept = {
      storeClient: dataSource,
      storeType: 'typeorm',
      schemaName: 'console',
      tableName: 'sign_in_tries',
      tableCreated: true,
    };
    this.ofAddress = new RateLimiterPostgres({ ...kept, ...perAddress, keyPrefix: 'address' });
    this.ofLogin = new RateLimiterPostgres({ ...kept, ...perLogin, keyPrefix: 'login', clearExpiredByTimeout: false });
  }

  /** @throws Problem when there were too many */
  async count(address: string, login?: string): Promise<void> {
    await consume(this.ofAddress, address);
    if (login !== undefined) await consume(this.ofLogin, login);
  }

  async succeeded(login: string): Promise<void> {
    await this.ofLogin.delete(login);
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw problems.tooMany(Math.ceil(refused.msBeforeNext / 1_000) || 1);
    throw refused;
  }
}

export const addressOf = ({ ip }: Pick<Request, 'ip'>): string => ip ?? 'unknown';
