import { firstLinkIn } from './console-account.mjs';

test('the one-time link of the first administrator is found in the log of the console, if there is one', () => {
  const link = 'http://localhost:8080/welcome#U4fJVA3ePKD8';
  expect(firstLinkIn(`{"message":"up"}\n{"level":"warn","message":"nobody","link":"${link}","until":"x"}\n`)).toBe(
    link,
  );
  expect(firstLinkIn('{"message":"listening"}')).toBeUndefined();
});
