import { randomFillSync } from 'node:crypto';

/** Left out: what is mistaken for another in print (0 O o, 1 l I). */
const classes = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '*-.+=_!#'] as const;
const all = classes.join('');

export const initialPasswordLength = 16;

/**
 * A password for the first login, about 90 bits. It keeps Moodle's default policy (8 characters, one of each class) and
 * stricter ones: 16 characters, at least two of each class, no character twice in a row.
 */
export function initialPassword(): string {
  for (;;) {
    // 64 letters: the lower six bits of a random byte choose each with equal chance.
    const letters = Array.from(nextBytes(), (byte) => all[byte & 63]!);
    if (keepsPolicy(letters)) return letters.join('');
  }
}

/** The system's randomness costs more by the call than by the byte; what was taken from the store is wiped. */
const store = Buffer.alloc(64 * initialPasswordLength);
let used = store.length;
function nextBytes(): Buffer {
  if (used === store.length) {
    randomFillSync(store);
    used = 0;
  }
  const taken = Buffer.from(store.subarray(used, used + initialPasswordLength));
  store.fill(0, used, (used += initialPasswordLength));
  return taken;
}

/** About every third draw does. Drawing anew, rather than mending, leaves every conforming password equally likely. */
const keepsPolicy = (letters: readonly string[]): boolean =>
  classes.every((kind) => letters.filter((letter) => kind.includes(letter)).length >= 2) &&
  letters.every((letter, index) => letter !== letters[index + 1]);
