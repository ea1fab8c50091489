import { unzipSync, zipSync, type Unzipped } from 'fflate';
import { both } from '#contracts';
import { notATable, refusedFile } from './refused-file.js';

/** A table of 20,000 rows is some 10 MB in 20 entries. */
const [mostEntries, mostBytes] = [200, 40 * 1024 * 1024];

/** Entries are unpacked only as far as they say they are large. */
function unpacked(file: Uint8Array): Unzipped {
  let entries = 0;
  let bytes = 0;
  const files = unzipSync(file, {
    filter: ({ originalSize, name }) => {
      entries++;
      bytes += originalSize;
      if (entries > mostEntries || bytes > mostBytes) throw tooLarge();
      return /\.(xml|rels)$/i.test(name);
    },
  });
  for (const [name, content] of Object.entries(files)) refuseEntities(name, content);
  return files;
}

const tooLarge = () =>
  refusedFile(
    both(
      `Таблица распаковывается больше чем в ${mostBytes / 1024 / 1024} МБ или в ${mostEntries} частей`,
      `The table unpacks to more than ${mostBytes / 1024 / 1024} MB or ${mostEntries} parts`,
    ),
  );

/** No spreadsheet program writes a DOCTYPE: it could only make the text grow. */
function refuseEntities(name: string, content: Uint8Array): void {
  if (Buffer.from(content.subarray(0, 4_096)).includes('<!DOCTYPE'))
    throw refusedFile(both(`В части ${name} есть DOCTYPE`, `The part ${name} has a DOCTYPE`));
}

/** The same archive, not compressed: whoever reads it unpacks nothing that was not counted. */
export function withinBounds(file: Uint8Array): Uint8Array {
  let files: Unzipped;
  try {
    files = unpacked(file);
  } catch (error) {
    if ((error as Error).name === 'Refusal') throw error;
    throw notATable();
  }
  return zipSync(files, { level: 0 });
}
