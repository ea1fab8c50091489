import { both, storable, unstorableIn, type Bilingual } from '#contracts';

/** A record holds what cannot be written so that Moodle's importer reads it. */
export class NotWritableError extends Error {
  override name = 'NotWritableError';
  constructor(
    readonly id: string,
    readonly reason: Bilingual,
  ) {
    super(reason.en);
  }
}

/** Moodle's importer takes entities and CDATA for text, so these two have no form that both XML and it understand. */
const lookalikes: Record<string, string> = { '&': '＆', '<': '‹' };

/** A text for people: what cannot be written becomes what looks alike; `]]>` is no text in XML either. */
export const plainText = (text: string): string =>
  storable(text, '')
    .replace(/[&<]/g, (letter) => lookalikes[letter]!)
    .replace(/]]>/g, ']]›')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();

/** Is it read to the letter by Moodle's importer and by every reader of XML? */
export const isWritable = (text: string): boolean => text === plainText(text) && unstorableIn(text) === undefined;

/** A text that something is found by: to the letter, or not at all. */
export function exactText(id: string, text: string): string {
  if (!isWritable(text))
    throw new NotWritableError(
      id,
      both(
        'код, логин или адрес содержит &, <, ]]> или лишние пробелы: импортёр Moodle этого не прочтёт',
        'a code, a login or an address holds &, <, ]]> or needless blanks: the importer of Moodle cannot read it',
      ),
    );
  return text;
}

/** In an attribute; the importer ends its value at the first quote of either kind. */
export function attributeText(id: string, text: string): string {
  if (/["'>]/.test(text))
    throw new NotWritableError(
      id,
      both('значение атрибута содержит кавычку или >', 'the value of an attribute holds a quote or >'),
    );
  return exactText(id, text);
}
