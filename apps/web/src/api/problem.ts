/** A refusal of the console, as RFC 9457 has it; its texts come in the language of the page. */
export interface ProblemBody {
  /** `urn:itk:problem:<name>` */
  type?: string;
  title?: string;
  detail?: string;
  /** What is wrong with which value. */
  issues?: { path: string; message: string }[];
  /** What one needs to go on, by name. */
  details?: Record<string, unknown>;
}

export class Problem extends Error {
  override name = 'Problem';
  constructor(
    /** 0: no answer at all. */
    readonly status: number,
    readonly body: ProblemBody,
    /** Seconds until it may be tried again. */
    readonly retryAfter?: number,
  ) {
    super(body.title ?? String(status));
  }

  /** No answer, or one of the proxy in its place, as long as the console is started anew. */
  isAbsence(): boolean {
    return [0, 502, 503, 504].includes(this.status);
  }

  isNamed(name: string): boolean {
    return this.body.type === `urn:itk:problem:${name}`;
  }
}

/** Whatever was thrown, as a problem. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, { title: error instanceof Error ? error.message : String(error) });
