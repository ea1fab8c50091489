import { places } from '../intake/folder.js';
import type { OpenFile } from '../ledger/file-ledger.js';

/** File systems give a name 255 bytes. */
const nameAtMost = 60;

/** Where a file stays, below the drop folder: `archive/2026-11-27/17-export.xml`. */
export function filedAs({ id, name, state }: Pick<OpenFile, 'id' | 'name' | 'state'>, time: Date): string {
  const place = state === 'applied' ? places.archive : places.rejected;
  const short = [...name].slice(-nameAtMost).join('');
  return `${place}/${time.toISOString().slice(0, 10)}/${id}-${short}`;
}

export const reportOf = (path: string): string => `${path}.report.json`;
