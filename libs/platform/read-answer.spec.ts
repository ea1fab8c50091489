import { AnswerTooLargeError, readAnswerText } from './read-answer.js';

const endless = (seen: { cancelled: boolean }): Response =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => void (seen.cancelled = true),
    }),
  );

test('an answer as text, in whatever pieces it comes', async () => {
  const bytes = Buffer.from('\uFEFFответ', 'utf8');
  const pieces = new ReadableStream({
    start: (controller) => {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  expect(await readAnswerText(new Response(pieces), bytes.length)).toBe('ответ');
  expect(await readAnswerText(new Response(null), 10)).toBe('');
});

test('an endless one is given up', async () => {
  const seen = { cancelled: false };
  await expect(readAnswerText(endless(seen), 10_500)).rejects.toThrow(AnswerTooLargeError);
  expect(seen.cancelled).toBe(true);
});
