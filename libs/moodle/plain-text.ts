/** Where the markup is over that began before `index`: PHP's strip_tags, which swallows what is never closed. */
function afterMarkup(text: string, index: number): number {
  if (text.startsWith('!--', index)) {
    const end = text.indexOf('-->', index + 1);
    return end < 0 ? text.length : end + 3;
  }
  const isTag = text[index] !== '!' && text[index] !== '?';
  let depth = 0;
  let quote = '';
  for (let place = index; place < text.length; place++) {
    const letter = text[place]!;
    // As PHP does it: within tags it closes one even where it stands in quotes.
    if (letter === '>' && depth > 0) depth--;
    else if (letter === quote) quote = '';
    else if (quote !== '') continue;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '<' && isTag && isMarkup(text, place)) depth++;
    else if (letter === '>') return place + 1;
  }
  return text.length;
}

/** A `<` before a blank is a sign, before anything else (or at the end) the beginning of a tag. */
const isMarkup = (text: string, index: number): boolean => !/[ \t\n\v\f\r]/.test(text[index + 1] ?? '');

/**
 * The text as Moodle cleans it (PARAM_TEXT, PARAM_NOTAGS): without tags, without what UTF-8 cannot hold. A value that
 * this would change is refused by every function of Moodle, not cleaned. Its own markup of many languages, which
 * PARAM_TEXT leaves, goes too: it does not come from 1C.
 */
export function plainText(given: string): string {
  const text = given.replace(/[\0\p{Surrogate}]/gu, '');
  let plain = '';
  for (let index = 0; index < text.length;) {
    if (text[index] === '<' && isMarkup(text, index)) index = afterMarkup(text, index + 1);
    else plain += text[index++];
  }
  return plain;
}
