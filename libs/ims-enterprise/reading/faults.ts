import { both, type Bilingual } from '#contracts';

/** The file as a whole cannot be trusted: nothing of it is to be applied. */
export class DamagedFileError extends Error {
  override name = 'DamagedFileError';
  readonly reason: Bilingual;
  constructor(
    /** Both from 1. */
    readonly line: number,
    readonly column: number,
    what: Bilingual,
  ) {
    const reason = both(
      `файл повреждён, строка ${line}, столбец ${column}: ${what.ru}`,
      `the file is damaged, line ${line}, column ${column}: ${what.en}`,
    );
    super(reason.en);
    this.reason = reason;
  }
}

/** One record cannot be taken. */
export class RecordFault extends Error {
  override name = 'RecordFault';
  constructor(
    /** Machine name. */
    readonly code: string,
    readonly reason: Bilingual,
  ) {
    super(reason.en);
  }
}

export const fault = (code: string, ru: string, en: string): RecordFault => new RecordFault(code, both(ru, en));
