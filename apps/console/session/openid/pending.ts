import type { DataSource } from 'typeorm';
import { digestOf } from '../token.js';
import type { Secrets } from './provider/provider.js';

/** A sign-in that has been begun. */
export interface Pending extends Secrets {
  /** What the browser that began it has in a cookie. */
  browser: string;
  /** The page that it leads back to. */
  to: string;
}

/** Minutes in which somebody signs in at the provider. */
export const pendingMinutes = 15;

/** Sign-ins on their way: each comes back once, to the browser that began it, whichever replica answers. */
export class PendingSignIns {
  constructor(private readonly dataSource: DataSource) {}

  async keep({ state, nonce, verifier, browser, to }: Pending): Promise<void> {
    await this.dataSource.query(
      `with forgotten as (
         delete from console.openid_sign_ins where begun_at < now() - interval '${pendingMinutes} minutes')
       insert into console.openid_sign_ins (state, browser, nonce, verifier, return_to, begun_at)
       values ($1, $2, $3, $4, $5, now())`,
      [digestOf(state), digestOf(browser), nonce, verifier, to],
    );
  }

  /** Uses it up. @returns nothing where there is none of this browser */
  async take(state: string, browser: string): Promise<Pending | undefined> {
    const [rows] = (await this.dataSource.query(
      `delete from console.openid_sign_ins where state = $1 and browser = $2
         and begun_at >= now() - interval '${pendingMinutes} minutes'
       returning nonce, verifier, return_to as "to"`,
      [digestOf(state), digestOf(browser)],
    )) as [{ nonce: string; verifier: string; to: string }[], number];
    return rows[0] && { state, browser, ...rows[0] };
  }
}
