/** The other side sends more than any answer of its kind can be. */
export class AnswerTooLargeError extends Error {
  override name = 'AnswerTooLargeError';
  constructor(atMost: number) {
    super(`the answer is larger than ${Math.round(atMost / 1024 / 1024)} MB`);
  }
}

/** The body of an answer as text, without a mark of byte order; reads `atMost` bytes. */
export async function readAnswerText(body: AsyncIterable<Uint8Array> | null, atMost: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > atMost) throw new AnswerTooLargeError(atMost);
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}
