import { AnswerTooLargeError, readAnswerText } from './read-answer.js';

const endless = (seen: { cancelled: boolean }) =>
  new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    cancel: () => void (seen.cancelled = true),
  });

test('an answer as text, in whatever pieces it comes', async () => {
  const bytes = Buffer.from('\uFEFFответ', 'utf8');
  const pieces = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  expect(await readAnswerText(pieces, bytes.length)).toBe('ответ');
  expect(await readAnswerText(null, 10)).toBe('');
});

test('an endless one is given up', async () => {
  const seen = { cancelled: false };
  await expect(readAnswerText(endless(seen), 10_500)).rejects.toThrow(AnswerTooLargeError);
  expect(seen.cancelled).toBe(true);
  expect(new AnswerTooLargeError(5 * 1024 * 1024).message).toBe('the answer is larger than 5 MB');
});
