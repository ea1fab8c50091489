import type { EnterpriseRecord } from '../model.js';
import { readStream } from '../reading/read.js';

async function* inChunks(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** All records of a file given as text or bytes; it comes in chunks of `size` bytes. */
export async function readAll(file: string | Uint8Array, size = 65_536): Promise<EnterpriseRecord[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const records: EnterpriseRecord[] = [];
  for await (const record of readStream(inChunks(bytes, size))) records.push(record);
  return records;
}
