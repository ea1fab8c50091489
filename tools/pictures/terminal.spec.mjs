import { lastLines, picture } from './terminal.mjs';

test('what was written over is gone, and so are colours', () => {
  expect(lastLines('Script started\r\n\r\x1b[2K1 of 2\r\x1b[2K2 of 2\r\n\x1b[31mred\x1b[0m  \r\n')).toEqual([
    '2 of 2',
    'red',
    '',
  ]);
});

test('signs of XML are text in the picture', () => {
  expect(picture(['a < b & c'])).toContain('>a &lt; b &amp; c</text>');
});
