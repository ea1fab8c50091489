import { rm } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { both, failed } from '#contracts';
import type { ErrandOf } from '#persistence';
import { log, type FedByFiles } from '#platform';
import { FileBook } from './ledger/file-book.js';
import { FileLedger } from './ledger/file-ledger.js';
import { unstage } from './ledger/stage-ledger.js';
import { raiseHeldFiles } from './held.js';
import { DropFolder } from './intake/folder.js';
import { readIntoStage } from './intake/intake.js';

const listed = z.object({ before: z.int().optional(), limit: z.int().min(1).max(200).default(50) });
const shown = z.object({
  file: z.int(),
  after: z.string().default(''),
  state: z.enum(['waiting', 'underWay', 'done', 'failed']).optional(),
});
const decided = z.object({ files: z.array(z.int()).optional(), why: z.string().default('') });
const tried = z.object({ name: z.string().regex(/^[\w-]{1,80}\.xml$/) });

/** What is asked of the gateway from outside: what has become of files, what is to become of held ones, and tries. */
export function fileErrands(
  systems: readonly FedByFiles[],
  dataSource: DataSource,
): Record<string, (errand: ErrandOf) => Promise<unknown>> {
  const fed = ({ system }: ErrandOf): FedByFiles => {
    const found = systems.find(({ id }) => id === system);
    if (found) return found;
    throw failed(
      ...(['configuration', 'ims-not-configured'] as const),
      both(`Систему ${system} не наполняют файлы IMS`, `No IMS files feed the system ${system}`),
      { cure: both('Добавьте системе раздел ims в настройки', 'Add a section ims to the system’s settings') },
    );
  };
  const decide = async (errand: ErrandOf, decision: 'released' | 'discarded') => {
    const { id } = fed(errand);
    const { files, why } = decided.parse(errand.payload ?? {});
    const number = await new FileLedger(dataSource).decide(id, files, { decision, by: errand.by, why });
    log('Files').info(`held files are ${decision}`, { system: id, by: errand.by, number });
    await raiseHeldFiles(id, dataSource);
    return { number };
  };
  return {
    'list-files': async (errand) => new FileBook(dataSource).list(fed(errand).id, listed.parse(errand.payload ?? {})),
    'show-file': async (errand) => {
      const { file, ...which } = shown.parse(errand.payload);
      return { file: await new FileBook(dataSource).show(fed(errand).id, file, which) };
    },
    'release-files': (errand) => decide(errand, 'released'),
    'discard-files': (errand) => decide(errand, 'discarded'),
    'try-file': (errand) => tryOut(fed(errand), dataSource, tried.parse(errand.payload).name),
  };
}

/** What a file would do. It is read as always and applied as always, in a transaction that is not kept. */
async function tryOut({ id, ims }: FedByFiles, dataSource: DataSource, name: string) {
  const files = new FileLedger(dataSource);
  const path = new DropFolder(ims.folder).tried(name);
  const { content } = ims;
  const file = await files.beginTry(id, name, content);
  try {
    const read = await readIntoStage(dataSource, file, path);
    if (read.kind === 'damaged') return { damage: read.reason };
    const would = await files.tryOut({ system: id, file, content, staged: read.size, share: ims.removalShare });
    return { content, ...would, problems: await new FileBook(dataSource).problems(file) };
  } finally {
    await unstage(dataSource, file);
    await files.endTry(file);
    await rm(path, { force: true });
  }
}
