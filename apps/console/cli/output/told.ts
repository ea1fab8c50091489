import type { Bilingual } from '#contracts';
import { exitCodes, type ExitCode } from '../exit-codes.js';

/** A part of an answer, for people. */
export type Piece =
  { line: Bilingual } | { heading: Bilingual } | { table: { columns: Bilingual[]; rows: Cell[][]; empty: Bilingual } };
export type Cell = string | number | Date | Bilingual | null | undefined;

/** What a command answers: pieces for people, a value for machines. */
export interface Told {
  pieces: Piece[];
  json: unknown;
  code?: ExitCode;
  /** Written as it is, whoever reads it: a file. */
  raw?: string;
}

/** A command cannot do what it is asked; the text says what to do instead. */
export class CommandError extends Error {
  override name = 'CommandError';
  constructor(
    readonly text: Bilingual,
    readonly code: ExitCode = exitCodes.usage,
  ) {
    super(text.en);
  }
}
