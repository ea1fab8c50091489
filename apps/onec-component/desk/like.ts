/** SQL: for comparison. Spelt out, as a database whose locale is C knows no small Cyrillic letters. */
export const plain = (text: string): string =>
  `translate(lower(${text}), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё', 'абвгдеежзийклмнопрстуфхцчшщъыьэюяе')`;

/** A piece of a text that is {@link plain}, as LIKE takes it to the letter. */
export const within = (piece: string): string =>
  `%${piece
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\\%_]/g, '\\$&')}%`;
