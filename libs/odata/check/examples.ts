import { both, ill, type Finding } from '#contracts';
import type { ODataClient, Row } from '../client/client.js';
import { guid } from '../client/query.js';
import { belongs, evaluate, plain, targetOf, type Circumstances } from '../mapping/evaluate.js';
import type { MappedSection } from '../mapping/mapping.js';
import { dictionaryId } from '../mapping/plan.js';
import { recordOf } from '../mapping/read.js';
import { fieldsOf, targetsOf, type Value } from '../mapping/value.js';

const shown = 10;
/** Rows are looked through for so many that belong to the section. */
const lookedAt = 200;
/** Each is some sixty characters of a query that may have two thousand. */
const keysOfQuestion = 20;

/** What these rows refer to, and what that refers to. */
class LookUp {
  private readonly dictionaries = new Map<string, Map<string, unknown>>();
  readonly circumstances: Circumstances;

  constructor(
    private readonly client: ODataClient,
    now: string,
  ) {
    this.circumstances = { dictionaries: this.dictionaries, now };
  }

  async fetch(values: readonly Value[], rows: readonly Row[]): Promise<void> {
    for (const value of values) {
      if ('course' in value) await this.fetch([value.course], rows);
      if (!('field' in value)) continue;
      for (const target of targetsOf(value)) {
        const id = dictionaryId(target);
        const known = this.dictionaries.get(id) ?? new Map<string, unknown>();
        this.dictionaries.set(id, known);
        const keys = rows
          .filter((row) => targetOf(value, row) === target && plain(row[value.field]) !== null)
          .map((row) => String(row[value.field]))
          .filter((key) => !known.has(key));
        const found = await this.byKeys(target.in, fieldsOf(target.take), [...new Set(keys)]);
        await this.fetch([target.take], found);
        for (const row of found) known.set(String(row.Ref_Key), evaluate(target.take, row, this.circumstances) ?? '');
      }
    }
  }

  private async byKeys(set: string, fields: string[], keys: readonly string[]): Promise<Row[]> {
    const rows: Row[] = [];
    for (let index = 0; index < keys.length; index += keysOfQuestion) {
      const filter = keys
        .slice(index, index + keysOfQuestion)
        .map((key) => `Ref_Key eq ${guid(key)}`)
        .join(' or ');
      const source = { set, fields: ['Ref_Key', ...fields], order: ['Ref_Key'] };
      rows.push(...(await this.client.page(source, { filter, top: keysOfQuestion })));
    }
    return rows;
  }
}

/** Names of people are known by their first letter: a doctor's findings are kept. */
const personal = new Set(['lastname', 'firstname', 'middlename', 'author']);

function told(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.length === 0 ? '—' : `[${value.length}] ${line(value[0] as Row)}`;
  return personal.has(field) ? `${String(value).slice(0, 1)}…` : String(value);
}
const line = (record: Row): string =>
  Object.entries(record)
    .map(([field, value]) => `${field}: ${told(field, value)}`)
    .join(', ');

/** A section of the mapping as the publication fills it. */
export interface SectionLook {
  section: string;
  /** Which kind of discipline, where the section says so. */
  kind: string | null;
  set: string;
  rows: number;
  fields: string[];
  /** Up to ten records, each value as text in the order of the fields; `—`: nothing. */
  examples: string[][];
}

/** How many rows a section's set has, and ten of its records as the mirror would see them. */
export async function lookAt(
  client: ODataClient,
  section: MappedSection,
  now: string,
): Promise<{ look: SectionLook; findings: Finding[] }> {
  const { set, order, fields, lines, where } = section;
  const own = [...Object.values(fields).flatMap(fieldsOf), ...Object.keys(where), ...(lines ? [lines.part] : [])];
  const whole = { set, fields: own, order };
  const source = { ...whole, ...(section.slice && { slice: now }) };
  // Of a register all records: whether a slice can be counted nobody vouches for.
  const count = await client.count(whole);
  const rows = (await client.page(source, { top: lines ? shown : lookedAt }))
    .filter((row) => belongs(where, row))
    .slice(0, shown);
  const lookUp = new LookUp(client, now);
  await lookUp.fetch(Object.values(fields), rows);
  if (lines) {
    const inside = rows.flatMap((row) => ((row[lines.part] as Row[] | undefined) ?? []).slice(0, 1));
    await lookUp.fetch(Object.values(lines.fields), inside);
  }
  const records = rows.map((row) => {
    const first = lines && { [lines.part]: ((row[lines.part] as Row[] | undefined) ?? []).slice(0, 1) };
    return recordOf(section, { ...row, ...first }, lookUp.circumstances).raw;
  });
  const check = `mapping ${section.section}${section.kind ? ` ${section.kind}` : ''}`;
  const findings: Finding[] = [
    {
      check,
      severity: count > 0 ? 'ok' : 'warning',
      what: both(
        `${section.section} ← ${set}: строк ${count}${examples('; например', records)}`,
        `${section.section} ← ${set}: ${count} rows${examples('; such as', records)}`,
      ),
      ...(count === 0 && {
        mend: both('Проверьте имя набора и права на чтение', "Check the set's name and the right to read it"),
      }),
    },
  ];
  if (count > 0 && records.length === 0)
    findings.push(
      ill(
        `${check} where`,
        'warning',
        both(
          `Из первых ${lookedAt} строк ${set} под условие where не подошла ни одна`,
          `Of the first ${lookedAt} rows of ${set} none meets "where"`,
        ),
        both('Проверьте where', 'Check "where"'),
      ),
    );
  const empty = Object.entries(fields).filter(
    ([field, value]) => !('ofStudents' in value) && records.every((record) => told(field, record[field]) === '—'),
  );
  if (records.length > 0 && empty.length > 0) {
    const names = empty.map(([field]) => field).join(', ');
    findings.push(
      ill(
        `${check} empty`,
        'warning',
        both(
          `${section.section}: во всех ${records.length} примерах пусто: ${names}`,
          `${section.section}: empty in all ${records.length} examples: ${names}`,
        ),
        both('Проверьте, откуда файл соответствия их берёт', 'Check where the mapping takes them from'),
      ),
    );
  }
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const look: SectionLook = {
    ...{ section: section.section, kind: section.kind ?? null, set, rows: count, fields: names },
    examples: records.map((record) => names.map((name) => told(name, record[name]))),
  };
  return { look, findings };
}

const examples = (word: string, records: readonly Row[]): string =>
  records.length === 0 ? '' : `${word}: ${records.map((record) => `{ ${line(record)} }`).join(' ')}`;
