import { both, fromFailure, ill, SynchronizationError, well, type Finding } from '#contracts';
import { ODataClient } from '../client/client.js';
import type { ODataOptions } from '../client/exchange.js';
import { MappingError, readMapping, sectionsOf, type Mapping } from '../mapping/mapping.js';
import { RingError } from '../mapping/plan.js';
import { examplesOf } from './examples.js';
import { guesses, missingIn, missingSets } from './missing.js';

export interface MappingExamination extends Omit<ODataOptions, 'pauses'> {
  mappingFile: string;
  /** Naive, in the infobase's zone. */
  now: string;
  /** Also read $metadata (tens of seconds with a whole configuration), count, and show ten examples of each thing. */
  whole: boolean;
}

const check = 'odata';

/** Does the mapping fit this publication? Changes nothing, mirrors nothing. */
export async function examineMapping({ mappingFile, now, whole, ...options }: MappingExamination): Promise<Finding[]> {
  let mapping: Mapping;
  try {
    mapping = readMapping(mappingFile);
    const client = new ODataClient({ ...options, pauses: [], pageSize: 100 });
    return await examine(client, mapping, now, whole);
  } catch (error) {
    if (error instanceof SynchronizationError) return [fromFailure(check, error.failure)];
    if (error instanceof MappingError || error instanceof RingError)
      return [
        ill(
          'mapping',
          'error',
          both(error.message, error.message),
          both('Исправьте файл соответствия: docs/odata.md', 'Mend the mapping: docs/odata.md'),
        ),
      ];
    throw error;
  }
}

async function examine(client: ODataClient, mapping: Mapping, now: string, whole: boolean): Promise<Finding[]> {
  if (!whole) {
    const missing = missingSets(mapping, new Set(await client.sets()));
    return missing.length > 0
      ? missing
      : [well(check, 'OData публикует все наборы файла соответствия', 'OData publishes all sets of the mapping')];
  }
  const publication = await client.metadata();
  const findings = missingIn(mapping, publication);
  const lacking = new Set(findings.map((finding) => finding.check.split(' ')[1]?.split('.')[0]));
  if (findings.length === 0)
    findings.push(well(check, 'Все наборы и поля есть в публикации', 'The publication has all sets and fields'));
  for (const section of sectionsOf(mapping)) {
    // What is missing has been told, and would only be refused.
    if (lacking.has(section.set)) continue;
    try {
      findings.push(...(await examplesOf(client, section, now)));
    } catch (error) {
      if (!(error instanceof SynchronizationError)) throw error;
      findings.push(fromFailure(`mapping ${section.section}`, error.failure));
    }
  }
  return [...findings, ...guesses(mapping)];
}
