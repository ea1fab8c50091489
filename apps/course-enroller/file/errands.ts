import { z } from 'zod';
import { both, failed } from '#contracts';
import type { ErrandOf } from '#persistence';
import { hasFile, type SystemConfiguration } from '#platform';
import { exportAt } from './writing/beside.js';
import type { FileWriters } from './writing/file-writers.js';
import type { Written } from './writing/write-file.js';

const asked = z.object({ name: z.string().regex(/^[0-9a-f]{1,64}\.export$/) });

/** The present state, beside the file, for whoever asked: from there they take it. May be repeated. */
export const fileErrands = (
  systems: readonly SystemConfiguration[],
  writers: Pick<FileWriters, 'of'>,
): Record<string, (errand: ErrandOf) => Promise<unknown>> => ({
  'export-file': ({ system: id, payload }): Promise<Written> => {
    const system = systems.filter(hasFile).find((each) => each.id === id);
    if (!system)
      throw failed(
        ...(['configuration', 'ims-file-not-configured'] as const),
        both(`Для системы ${id} файл IMS не пишется`, `No IMS file is written for the system ${id}`),
        { cure: both('Добавьте системе раздел imsFile', 'Give the system a section imsFile') },
      );
    const { name } = asked.parse(payload);
    return writers.of(system.id).writer.writeAt(exportAt(system.imsFile.file, name));
  },
});
