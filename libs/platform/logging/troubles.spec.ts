import { Troubles } from './troubles.js';

test('the first trouble in a row is told, and that it is over; rests grow to 5 s', () => {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const troubles = new Troubles({ debug: say, info: say, warn: say, error: say, fatal: say }, 'cannot look');
  troubles.succeeded();
  const rests = [1, 2, 3, 4].map(() => troubles.failed(new Error('away')));
  troubles.succeeded();
  troubles.succeeded();
  expect(troubles.failed(new Error('away'))).toBe(1_000);
  expect(rests).toEqual([1_000, 2_000, 5_000, 5_000]);
  expect(said).toEqual(['cannot look; trying on', 'cannot look: over', 'cannot look; trying on']);
});
