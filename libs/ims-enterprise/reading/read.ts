import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { both } from '#contracts';
import type { EnterpriseRecord } from '../model.js';
import { FileDecoder } from './decoder.js';
import { DamagedFileError } from './faults.js';
import { limits } from './limits.js';
import { EnterpriseParser } from './parser.js';
import { RecordBuilder } from './record-builder.js';

/** So that the limits are looked at often enough, and no piece of text lives long. */
const pieceBytes = 64 * 1024;

function* pieces(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}

/**
 * The records of a file, in its order, as they are read. Throws {@link DamagedFileError} at the place of the damage,
 * when what stood before has already been told: whoever applies records needs {@link readFile}, or a stage of his own.
 */
export const readStream = (source: AsyncIterable<Uint8Array>): AsyncGenerator<EnterpriseRecord> =>
  parse(source, new EnterpriseParser(new RecordBuilder()));

async function* parse(source: AsyncIterable<Uint8Array>, parser: EnterpriseParser): AsyncGenerator<EnterpriseRecord> {
  const decoder = new FileDecoder();
  let size = 0;
  for await (const chunk of source)
    for (const piece of pieces(chunk)) {
      size += piece.length;
      if (size > limits.fileBytes)
        throw new DamagedFileError(1, 1, both('файл слишком велик', 'the file is too large'));
      for (const record of parser.push(decoder.push(piece))) yield record;
    }
  for (const record of parser.push(decoder.end())) yield record;
  for (const record of parser.end()) yield record;
}

async function* hashed(file: FileHandle, hash: ReturnType<typeof createHash>): AsyncIterable<Uint8Array> {
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 4 * pieceBytes });
  for await (const chunk of stream) {
    hash.update(chunk as Buffer);
    yield chunk as Buffer;
  }
}

/** The SHA-256 of the file. Throws {@link DamagedFileError} where it is not sound to its last byte. */
async function check(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const looking = parse(hashed(file, hash), new EnterpriseParser());
  while (!(await looking.next()).done);
  return hash.digest('hex');
}

/**
 * The records of a file that is sound to its last byte: it is read through once before the first record is told, so
 * that nothing of a damaged file is ever applied.
 */
export async function* readFile(path: string): AsyncGenerator<EnterpriseRecord> {
  const file = await open(path, 'r');
  try {
    const digest = await check(file);
    const hash = createHash('sha256');
    yield* readStream(hashed(file, hash));
    if (hash.digest('hex') !== digest)
      throw new DamagedFileError(1, 1, both('файл изменили, пока его читали', 'the file was changed while being read'));
  } finally {
    await file.close();
  }
}
