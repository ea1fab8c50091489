import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AnswerTooLargeError, readAnswerText } from '#platform';
import { snapshotSchema, type Snapshot } from './snapshot.js';

/** Where the mirror is filled from. */
export abstract class University {
  /** The whole of it; `undefined` where its fingerprint is still `known`. Throws {@link UniversityError}. */
  abstract read(known: string | undefined): Promise<{ fingerprint: string; snapshot: Snapshot } | undefined>;
}

/** The mirror's source cannot be read; the text says what is wrong with it, and holds nobody's data. */
export class UniversityError extends Error {
  override name = 'UniversityError';
}

/** Milliseconds. */
const patience = 120_000;
/** Bytes: a university of 100 000 students is some 100 MB. */
const largestSnapshot = 256 * 1024 * 1024;

/** A snapshot of the university, one JSON document fetched by http. */
@Injectable()
export class SnapshotUniversity extends University {
  constructor(private readonly url: string) {
    super();
  }

  async read(known: string | undefined): Promise<{ fingerprint: string; snapshot: Snapshot } | undefined> {
    const body = await this.fetch();
    const fingerprint = createHash('sha256').update(body).digest('base64');
    if (fingerprint === known) return undefined;
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      throw new UniversityError(`${this.url}: the snapshot is no JSON`);
    }
    const read = snapshotSchema.safeParse(json);
    if (read.success) return { fingerprint, snapshot: read.data };
    const where = read.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new UniversityError(`${this.url}: the snapshot breaks its form: ${where.join('; ')}`);
  }

  private async fetch(): Promise<string> {
    let answer: Response;
    try {
      answer = await fetch(this.url, { redirect: 'error', signal: AbortSignal.timeout(patience) });
      if (answer.ok) return await readAnswerText(answer.body, largestSnapshot);
    } catch (error) {
      if (error instanceof AnswerTooLargeError) throw new UniversityError(`${this.url}: ${error.message}`);
      const { name, cause } = error as Error;
      throw new UniversityError(`${this.url}: ${(cause as { code?: string } | undefined)?.code ?? name}`);
    }
    throw new UniversityError(`${this.url}: HTTP ${answer.status}`);
  }
}
