import { initialPassword } from './initial-password.js';
import { SealBrokenError, type SecretBox } from './secret-box.js';

export interface Passwords {
  /** The initial password: the one noted before where there is one, else a new one. */
  for(key: string, noted: string | undefined): { plain: string; sealed: string } | undefined;
}

/** The single sign-on plugin holds the password: none is made. */
export const noPasswords: Passwords = { for: () => undefined };

/** Initial passwords, sealed for one person of one system. */
export class SealedPasswords implements Passwords {
  constructor(
    private readonly box: SecretBox,
    private readonly system: string,
  ) {}

  /** A password noted before is kept: the call that carried it may still be at work in Moodle. */
  for(key: string, noted: string | undefined): { plain: string; sealed: string } {
    const kept = noted === undefined ? undefined : this.reopened(key, noted);
    if (kept !== undefined) return { plain: kept, sealed: noted! };
    const plain = initialPassword();
    return { plain, sealed: this.seal(key, plain) };
  }

  /** Of the key that seals. */
  get keyId(): string {
    return this.box.keyId;
  }

  seal(key: string, plain: string): string {
    return this.box.seal(plain, this.owner(key));
  }

  /** @throws SealBrokenError */
  open(key: string, sealed: string): string {
    return this.box.open(sealed, this.owner(key));
  }

  private reopened(key: string, sealed: string): string | undefined {
    try {
      return this.open(key, sealed);
    } catch (error) {
      if (error instanceof SealBrokenError) return undefined;
      throw error;
    }
  }

  private readonly owner = (key: string): string => `${this.system}/${key}`;
}
