/**
 * The picture of the first run in README.md: what a terminal showed, as SVG.
 *   script -qefc "npm start" record     (Ctrl-C when the summary stands)
 *   node tools/pictures/terminal.mjs record > docs/first-run.svg
 */
import { readFileSync } from 'node:fs';
import { checkout } from '../servers/machine/places.mjs';

const letter = { width: 8.4, height: 20 };
const margin = 20;

/**
 * The lines as they stand in the end: what was written over is gone, colours too.
 * @param {string} record of `script`
 */
export function lastLines(record) {
  return record
    .replace(/\r?\n/g, '\n')
    .split('\n')
    .filter((line) => !/^Script (started|done)/.test(line))
    .map((line) => line.split(/\r|\x1b\[2K/).findLast((part) => part !== '') ?? '')
    .map((line) => line.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trimEnd());
}

const escaped = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** @param {readonly string[]} lines */
export function picture(lines) {
  const width = Math.round(Math.max(...lines.map(({ length }) => length)) * letter.width + 2 * margin);
  const height = lines.length * letter.height + 2 * margin;
  const texts = lines.map(
    (line, index) =>
      `  <text x="${margin}" y="${margin + (index + 0.75) * letter.height}" xml:space="preserve">${escaped(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    '  <rect width="100%" height="100%" rx="8" fill="#1b1f27"/>',
    '  <g font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14" fill="#e6e9ef">',
    ...texts,
    '  </g>',
    '</svg>',
    '',
  ].join('\n');
}

const [, program, record] = process.argv;
if (program === import.meta.filename && record) {
  const text = readFileSync(record, 'utf8').replaceAll(checkout, '~/integration-toolkit');
  const shown = lastLines(text).join('\n').split('\n\nStopping')[0] ?? '';
  process.stdout.write(picture(shown.trim().split('\n')));
}
