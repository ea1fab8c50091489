import { readFileSync } from 'node:fs';
import { textOfFile } from './text-file.js';

/** A secret cannot be read. The text names the file and the mend, never the content. */
export class SecretError extends Error {
  override name = 'SecretError';
}

/** No key on a keyboard types these; a paste or an encoding brings them along. */
const unseen = /[\p{Cc}\p{Cf}\p{Surrogate}\uFFFD]/u;

/** A secret of several lines, such as a key as JSON; else as {@link readSecret}. */
export function readSecretText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const [ru, en] =
      code === 'ENOENT'
        ? ['файла нет: создайте его или исправьте путь', 'there is no such file: create it or mend the path']
        : code === 'EACCES'
          ? ['нет права на чтение: дайте его службе', 'no right to read it: grant it to the service']
          : [`не читается (${code})`, `cannot be read (${code})`];
    throw new SecretError(`${file}: ${en} / ${ru}`, { cause: error });
  }
  const read = textOfFile(bytes);
  if ('what' in read)
    throw new SecretError(`${file}: ${read.what.en}: ${read.mend.en} / ${read.what.ru}: ${read.mend.ru}`);
  const secret = read.text.trim();
  if (secret === '')
    throw new SecretError(`${file}: the file is empty: write the secret into it / файл пуст: запишите в него секрет`);
  return secret;
}

/**
 * Reads a secret anew at each call, so that a changed one is seen without a restart. White space around it and a mark
 * of byte order are cut; what can be no secret is refused. Throws {@link SecretError}.
 */
export function readSecret(file: string): string {
  const secret = readSecretText(file);
  if (/[\r\n]/.test(secret))
    throw new SecretError(
      `${file}: the file holds several lines: leave the one with the secret / в файле несколько строк: оставьте ту, где секрет`,
    );
  if (unseen.test(secret))
    throw new SecretError(
      `${file}: a character that cannot be seen stands in the secret: type it anew / в секрете стоит невидимый символ: наберите его заново`,
    );
  return secret;
}
