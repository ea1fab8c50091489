import { readFileSync } from 'node:fs';

/** A secret cannot be read. The text names the file and the mend, never the content. */
export class SecretError extends Error {
  override name = 'SecretError';
}

/** Reads a secret anew at each call, so that a changed one is seen without a restart. White space around it is cut. */
export function readSecret(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
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
  const secret = text.trim();
  if (secret === '')
    throw new SecretError(`${file}: the file is empty: write the secret into it / файл пуст: запишите в него секрет`);
  return secret;
}
