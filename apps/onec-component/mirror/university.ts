import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { request } from 'undici';
import type { Bilingual } from '#contracts';
import { AnswerTooLargeError, connectionTrouble, dispatcherFor } from '#platform';
import type { LeftOut, SnapshotElement, Toolkit } from './snapshot.js';
import { SnapshotFormError, SnapshotReader } from './snapshot-reader.js';

export interface Reading {
  /** Tells this state of the university from any other. */
  fingerprint: string;
  toolkit: Toolkit | undefined;
  /** Of the toolkit's own objects. */
  leftOut: LeftOut[];
}

/** Where the mirror is filled from. Both operations throw {@link UniversityError}. */
export abstract class University {
  /** Of what stands there now; undefined where only a reading tells. */
  abstract fingerprint(): Promise<string | undefined>;

  /**
   * Hands over all records, some at a time and in their order, and waits until each lot is taken. `first`: the mirror
   * has never been filled, and the toolkit's own objects are wanted too.
   */
  abstract read(
    take: (records: (SnapshotElement | LeftOut)[]) => Promise<void>,
    circumstances: { first: boolean },
  ): Promise<Reading>;

  /** The service closes: a reading under way is given up. */
  stop(): void {}
}

/** What a person is told of a source that cannot be read. */
export interface UniversityTrouble {
  reason?: Bilingual;
  cure?: Bilingual | undefined;
  /** It does not pass by itself. */
  grave?: boolean;
}

/** The mirror's source cannot be read; the text says what is wrong with it, and holds nobody's data. */
export class UniversityError extends Error {
  override name = 'UniversityError';
  constructor(
    message: string,
    readonly trouble: UniversityTrouble = {},
  ) {
    super(message);
  }
}

/** Milliseconds. */
const patience = 120_000;
/** Bytes: a university of 100 000 students is some 100 MB. */
const largestSnapshot = 256 * 1024 * 1024;

/** A snapshot of the university, one JSON document fetched by http and never held whole. */
@Injectable()
export class SnapshotUniversity extends University {
  constructor(
    private readonly url: string,
    /** The infobase's: dates with an offset are taken over into it. */
    private readonly zone: string,
  ) {
    super();
  }

  async fingerprint(): Promise<string> {
    const hash = createHash('sha256');
    for await (const piece of this.body()) hash.update(piece);
    return hash.digest('base64');
  }

  async read(take: (records: (SnapshotElement | LeftOut)[]) => Promise<void>): Promise<Reading> {
    const hash = createHash('sha256');
    const reader = new SnapshotReader(this.zone);
    for await (const piece of this.body()) {
      hash.update(piece);
      const records = this.formed(() => reader.push(piece));
      if (records.length > 0) await take(records);
    }
    return { ...this.formed(() => reader.end()), fingerprint: hash.digest('base64') };
  }

  private formed<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof SnapshotFormError) throw new UniversityError(`${this.url}: ${error.message}`);
      throw error;
    }
  }

  /** Leaving the loop over it ends the transfer. What the loop's body throws does not come by here. */
  private async *body(): AsyncGenerator<Uint8Array> {
    let status: number;
    try {
      const answer = await request(this.url, {
        dispatcher: dispatcherFor(this.url),
        signal: AbortSignal.timeout(patience),
      });
      status = answer.statusCode;
      if (status === 200) {
        let size = 0;
        for await (const piece of answer.body as AsyncIterable<Uint8Array>) {
          size += piece.byteLength;
          if (size > largestSnapshot) throw new AnswerTooLargeError(largestSnapshot);
          yield piece;
        }
        return;
      }
      await answer.body.dump();
    } catch (error) {
      if (error instanceof AnswerTooLargeError) throw new UniversityError(`${this.url}: ${error.message}`);
      const trouble = await connectionTrouble(this.url, error);
      if (trouble) throw new UniversityError(`${this.url}: ${trouble.reason.en}. ${trouble.cure.en}`);
      const { name, code } = error as Error & { code?: unknown };
      throw new UniversityError(`${this.url}: ${typeof code === 'string' ? code : name}`);
    }
    throw new UniversityError(`${this.url}: HTTP ${status}`);
  }
}
