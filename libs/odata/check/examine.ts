import { both, fromFailure, ill, SynchronizationError, well, type Finding } from '#contracts';
import { ODataClient } from '../client/client.js';
import type { ODataOptions } from '../client/exchange.js';
import { MappingError, readMapping, sectionsOf, type Mapping } from '../mapping/mapping.js';
import { RingError } from '../mapping/plan.js';
import { lookAt, type SectionLook } from './examples.js';
import { guesses, missingIn, missingSets } from './missing.js';

export interface MappingExamination extends Omit<ODataOptions, 'pauses'> {
  mappingFile: string;
  /** Naive, in the infobase's zone. */
  now: string;
  /** Also read $metadata (tens of seconds with a whole configuration), count, and show ten examples of each thing. */
  whole: boolean;
}

export interface MappingExamined {
  findings: Finding[];
  /** What each section gives; only where the whole was asked for, and of those that could be read. */
  sections: SectionLook[];
}

const check = 'odata';
const told = (findings: Finding[]): MappingExamined => ({ findings, sections: [] });

/** Does the mapping fit this publication? Changes nothing, mirrors nothing. */
export async function examineMapping({
  mappingFile,
  now,
  whole,
  ...options
}: MappingExamination): Promise<MappingExamined> {
  let mapping: Mapping;
  try {
    mapping = readMapping(mappingFile);
    const client = new ODataClient({ ...options, pauses: [], pageSize: 100 });
    return await examine(client, mapping, now, whole);
  } catch (error) {
    if (error instanceof SynchronizationError) return told([fromFailure(check, error.failure)]);
    if (error instanceof MappingError || error instanceof RingError)
      return told([
        ill(
          'mapping',
          'error',
          both(error.message, error.message),
          both('Исправьте файл соответствия: docs/odata.md', 'Mend the mapping: docs/odata.md'),
        ),
      ]);
    throw error;
  }
}

async function examine(client: ODataClient, mapping: Mapping, now: string, whole: boolean): Promise<MappingExamined> {
  if (!whole) {
    const missing = missingSets(mapping, new Set(await client.sets()));
    return told(
      missing.length > 0
        ? missing
        : [well(check, 'OData публикует все наборы файла соответствия', 'OData publishes all sets of the mapping')],
    );
  }
  const publication = await client.metadata();
  const findings = missingIn(mapping, publication);
  const lacking = new Set(findings.map((finding) => finding.check.split(' ')[1]?.split('.')[0]));
  if (findings.length === 0)
    findings.push(well(check, 'Все наборы и поля есть в публикации', 'The publication has all sets and fields'));
  const sections: SectionLook[] = [];
  for (const section of sectionsOf(mapping)) {
    // What is missing has been told, and would only be refused.
    if (lacking.has(section.set)) continue;
    try {
      const { look, findings: found } = await lookAt(client, section, now);
      sections.push(look);
      findings.push(...found);
    } catch (error) {
      if (!(error instanceof SynchronizationError)) throw error;
      findings.push(fromFailure(`mapping ${section.section}`, error.failure));
    }
  }
  return { findings: [...findings, ...guesses(mapping)], sections };
}
