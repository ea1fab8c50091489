import type { Bilingual } from '#contracts';
import { cut, inRow } from '../../http/cut.js';
import type { Listed } from './overview.js';

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
const cell = (value: string | number | null): string => {
  const text = cut(String(value ?? ''), inRow);
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

const columns = [
  'id',
  'system',
  'service',
  'kind',
  'cause',
  'about',
  'code',
  'revision',
  'state',
  'attempts',
  'firstSeen',
  'lastSeen',
  'group',
  'reason',
] as const;

/** RFC 4180 with a byte order mark: spreadsheets take it for UTF-8. */
export const csvHead = `\uFEFF${columns.join(',')}\r\n`;

export const csvLines = (all: readonly Listed[], language: keyof Bilingual): string =>
  all
    .map((one) => {
      const cells = columns.map((name) => {
        const value = one[name];
        if (value instanceof Date) return value.toISOString();
        // A code keeps its leading zeros in a spreadsheet only as text.
        return cell(value !== null && typeof value === 'object' ? value[language] : value);
      });
      return `${cells.join(',')}\r\n`;
    })
    .join('');

export const csvOf = (all: readonly Listed[], language: keyof Bilingual): string => csvHead + csvLines(all, language);
