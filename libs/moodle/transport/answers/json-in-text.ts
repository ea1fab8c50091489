/** JSON as it was found in an answer, and whether other text stood around it. */
export interface FoundJson {
  value: unknown;
  before: boolean;
  after: boolean;
}

/** Characters of a body that are looked through for JSON, over all tries, beside twice its length. */
const patience = 2_000_000;

/**
 * Plugins print notices before the JSON, PHP at its shutdown and proxies after it. What begins the body or ends it
 * counts first; in the middle only a value with lines or tags of its own, the longest. In a page there is no answer.
 */
export function findJson(body: string): FoundJson | undefined {
  const text = body.replace(/^\uFEFF/, '').trim();
  const whole = tryParse(text);
  if (whole) return { ...whole, before: false, after: false };
  if (isPage(text)) return undefined;
  if (/^null\s*(?:<|\n)/.test(text)) return { value: null, before: false, after: true };
  const found = valuesIn(text);
  const first = found.find(({ start, end }) => start === 0 && standsFreely(text, start, end));
  const last = found.find(({ end }) => end === text.length);
  if (first) return { value: first.value, before: false, after: true };
  if (last) return { value: last.value, before: true, after: false };
  if (/[\s>]null$/.test(text)) return { value: null, before: true, after: false };
  const [longest] = found
    .filter(({ start, end }) => standsFreely(text, start, end))
    .sort((a, b) => b.end - b.start - (a.end - a.start));
  if (longest) return { value: longest.value, before: true, after: true };
  return /[\n>]null\s*(?:<|\n)/.test(text) ? { value: null, before: true, after: true } : undefined;
}

const isPage = (text: string): boolean => /^\s*(?:<!--[^]*?-->\s*)*(?:<!doctype|<html|<head|<\?xml)/i.test(text);

const standsFreely = (text: string, start: number, end: number): boolean =>
  (start === 0 || /(?:\n|[^=-]>)[ \t]*$/.test(text.slice(Math.max(0, start - 200), start))) &&
  /^\s*(?:<|$)|^[ \t]*\r?\n/.test(text.slice(end, end + 200));

/** Objects and lists that do not lie in one another. */
function valuesIn(text: string): { value: unknown; start: number; end: number }[] {
  const found: { value: unknown; start: number; end: number }[] = [];
  let budget = 2 * text.length + patience;
  for (const { index } of text.matchAll(/[[{]/g)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    if (budget <= 0) break;
    const end = endOfValue(text, index);
    budget -= (end ?? text.length) - index;
    const parsed = end === undefined ? undefined : tryParse(text.slice(index, end));
    if (parsed) found.push({ ...parsed, start: index, end: end! });
  }
  return found;
}

/** Where the brackets opened here are closed again. */
function endOfValue(text: string, start: number): number | undefined {
  let depth = 0;
  const mark = /["[\]{}]/g;
  mark.lastIndex = start;
  for (let at = mark.exec(text); at; at = mark.exec(text)) {
    if (at[0] === '"') {
      const string = /"(?:[^"\\]|\\.)*"/gsy;
      string.lastIndex = at.index;
      if (!string.test(text)) return undefined;
      mark.lastIndex = string.lastIndex;
    } else {
      depth += at[0] === '[' || at[0] === '{' ? 1 : -1;
      if (depth === 0) return at.index + 1;
    }
  }
  return undefined;
}

function tryParse(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || typeof value === 'object' ? { value } : undefined;
  } catch {
    return undefined;
  }
}
