/** A Markdown table; the first row is the head. Numbers stand at the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  if (!head) throw new RangeError('a table needs a head');
  const numeric = head.map(
    (_, column) => body.length > 0 && body.every((row) => /^[-+]?[\d\s,.]+( %| MB)?$/.test(row[column] ?? '')),
  );
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(numeric.map((right) => (right ? '---:' : '---'))), ...body.map(line)].join('\n');
}

/** `12,345` */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const open = (name: string) => `<!-- bench:${name} -->`;
const close = (name: string) => `<!-- /bench:${name} -->`;

/**
 * Puts a section between its markers, in place of what stood there; at the end of the page where it had none.
 * Whatever stands outside the markers is a person's and is left alone.
 */
export function withSection(page: string, name: string, content: string): string {
  const section = `${open(name)}\n\n${content.trim()}\n\n${close(name)}`;
  const begin = page.indexOf(open(name));
  const end = page.indexOf(close(name), begin);
  if (begin < 0) return `${page.trimEnd()}\n\n${section}\n`;
  if (end < 0) throw new Error(`the page has ${open(name)} and no ${close(name)} after it: put it back or remove both`);
  return page.slice(0, begin) + section + page.slice(end + close(name).length);
}
