import type { ODataClient, Row } from '../client/client.js';
import type { Source } from '../client/query.js';
import { belongs, evaluate, targetOf, type Circumstances } from './evaluate.js';
import type { MappedSection, Mapping, SectionName } from './mapping.js';
import { ofStudentsIn, planOf, type Pass } from './plan.js';
import type { Value } from './value.js';

/** A record of a section as the mapping makes it of a row; what its values are worth is for the reader of records. */
export interface MappedRecord {
  section: SectionName;
  raw: Record<string, unknown>;
  /** Where it stands in 1C: `Catalog_X(guid'…')`. */
  place: string;
}

/** Rows with a tabular part are long. */
const pageOfParts = 50;

/** Counts what the states of a group's students say. */
class Majority {
  private readonly said = new Map<string, Map<Value, Map<unknown, number>>>();

  constructor(private readonly values: readonly Value[]) {}

  hear(group: unknown, row: Row, circumstances: Circumstances): void {
    if (this.values.length === 0 || group === null) return;
    const ofGroup = this.said.get(String(group)) ?? new Map<Value, Map<unknown, number>>();
    this.said.set(String(group), ofGroup);
    for (const value of this.values) {
      const counts = ofGroup.get(value) ?? new Map<unknown, number>();
      ofGroup.set(value, counts);
      const answer = evaluate(value, row, circumstances);
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
  }

  of(group: unknown, value: Value): unknown {
    const counts = [...(this.said.get(String(group))?.get(value) ?? [])];
    // Of equally many the one that is less by its text: the same at every reading.
    counts.sort(([a, x], [b, y]) => y - x || (String(a) < String(b) ? -1 : 1));
    return counts[0]?.[0] ?? null;
  }
}

export const sourceOf = ({ set, slice, order, fields }: Pass, now: string): Source => ({
  set,
  fields,
  order,
  ...(slice && { slice: now }),
});

/** Word of StudentStatus that the mapping's `words` lead to. */
const continues = 'Continues Education';

/**
 * Everything that the mapping asks of the publication, some records at a time. `toolkit`: with the systems and documents
 * of the paper's own component, if the mapping has them.
 */
export async function* readMapped(
  client: Pick<ODataClient, 'rows'>,
  mapping: Mapping,
  { now, toolkit }: { now: string; toolkit: boolean },
): AsyncGenerator<MappedRecord[]> {
  const dictionaries = new Map<string, Map<string, unknown>>();
  const circumstances: Circumstances = { dictionaries, now };
  const passes = planOf(mapping, { toolkit });
  const majority = new Majority(ofStudentsIn(passes.flatMap(({ sections }) => sections)));
  /** Groups wait until all states have been heard. */
  const waiting: { record: MappedRecord; section: MappedSection }[] = [];
  for (const pass of passes) {
    for (const { id } of pass.dictionaries) dictionaries.set(id, new Map());
    const size = pass.sections.some(({ lines }) => lines) ? pageOfParts : undefined;
    for await (const rows of ahead(client.rows(sourceOf(pass, now), size))) {
      const records: MappedRecord[] = [];
      for (const row of rows) {
        for (const { id, take } of pass.dictionaries)
          dictionaries.get(id)!.set(String(row.Ref_Key), evaluate(take, row, circumstances) ?? '');
        for (const section of pass.sections) {
          if (!belongs(section.where, row)) continue;
          const record = recordOf(section, row, circumstances);
          if (section.section === 'statuses') {
            const { group, status } = record.raw;
            if (status === continues) majority.hear(group, row, circumstances);
          }
          if (section.section === 'groups') waiting.push({ record, section });
          else records.push(record);
        }
      }
      if (records.length > 0) yield records;
    }
  }
  yield waiting.map(({ record, section }) => {
    for (const [field, value] of Object.entries(section.fields))
      if ('ofStudents' in value) record.raw[field] = majority.of(record.raw.code, value.ofStudents);
    return record;
  });
}

/** While one page is made into records and stored, 1C is already at the next: still one question at a time. */
async function* ahead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = pages.next();
    // If nobody waits for it any more, nobody needs to know of its failure.
    asked.catch(() => undefined);
    return asked;
  };
  let next = ask();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = ask();
      yield value;
    }
  } finally {
    void pages.return(undefined).catch(() => undefined);
  }
}

/** The section's record of this row. */
export function recordOf(section: MappedSection, row: Row, circumstances: Circumstances): MappedRecord {
  const raw = valuesOf(section.fields, row, circumstances);
  if (section.kind !== undefined) raw.kind = section.kind;
  if (section.lines) {
    const rows = row[section.lines.part];
    // No list at all is a part that was not published: the reader of records must see it.
    raw.lines = Array.isArray(rows)
      ? rows.map((line) => valuesOf(section.lines!.fields, line as Row, circumstances))
      : rows;
  }
  return { section: section.section, raw, place: placeOf(section, row) };
}

function valuesOf(fields: Record<string, Value>, row: Row, circumstances: Circumstances): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const field in fields) {
    const value = fields[field]!;
    raw[field] = evaluate(value, row, circumstances);
    if (field === 'discipline' && 'field' in value) raw.disciplineKind = targetOf(value, row)?.kind ?? null;
  }
  return raw;
}

const placeOf = ({ set, order }: MappedSection, row: Row): string =>
  `${set}(${order.length === 1 ? `guid'${String(row[order[0]!])}'` : order.map((field) => `${field}=${String(row[field])}`).join(',')})`;
