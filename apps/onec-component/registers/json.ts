type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain | undefined };

/**
 * JSON as 1C's writer sets it: a line break (CRLF) after each member, no indentation, one space after the colon;
 * arrays of plain values stay on one line.
 */
export function writeJson(value: Plain): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const parts = (value as readonly Plain[]).map(writeJson);
    return value.every((part) => typeof part !== 'object')
      ? `[${parts.join(', ')}]`
      : `[\r\n${parts.join(',\r\n')}\r\n]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Record<string, Plain | undefined>)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `${JSON.stringify(name)}: ${writeJson(member as Plain)}`);
    return members.length === 0 ? '{}' : `{\r\n${members.join(',\r\n')}\r\n}`;
  }
  return JSON.stringify(value);
}
