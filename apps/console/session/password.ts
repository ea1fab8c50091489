import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id as OWASP advises: 19 MiB, two passes. These are the library's own values, said so that none changes them. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One at a time: each takes 19 MiB and ten milliseconds, and a crowd at the door must not take all memory. */
let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}

const normal = (password: string): string => password.normalize('NFC');

export const hashOf = (password: string): Promise<string> => inTurn(() => hash(normal(password), cost));

let nobodys: Promise<string> | undefined;

/** Without a hash it takes as long: time tells nobody which logins there are. */
export async function fits(password: string, hashed: string | null): Promise<boolean> {
  nobodys ??= hashOf(randomBytes(32).toString('base64'));
  const against = hashed ?? (await nobodys);
  const fit = await inTurn(() => verify(against, normal(password)));
  return fit && hashed !== null;
}
