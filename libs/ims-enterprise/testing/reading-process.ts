import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ReadingOf {
  /** Records by their kind. */
  counts: Record<string, number>;
  /** Of a processor: the wall's depend on who else is at work. */
  seconds: number;
  /** Resident at the highest. */
  megabytes: number;
}

const program = `
  import { createReadStream } from 'node:fs';
  import { readFile, readStream } from './dist/libs/ims-enterprise/reading/read.js';
  const [path, way] = process.argv.slice(1);
  const counts = {};
  for await (const { kind } of way === 'stream' ? readStream(createReadStream(path)) : readFile(path))
    counts[kind] = (counts[kind] ?? 0) + 1;
  const { user, system } = process.cpuUsage();
  const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(JSON.stringify({ counts, seconds: (user + system) / 1e6, megabytes }));
`;

/** Reads a file with the built library in a process of its own, for its memory. */
export async function readInProcess(path: string, way: 'stream' | 'file'): Promise<ReadingOf> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, path, way]);
  return JSON.parse(stdout) as ReadingOf;
}
