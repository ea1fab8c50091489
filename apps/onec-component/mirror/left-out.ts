import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { FoundTrouble } from '#persistence';
import { Gauge } from '#platform';
import { sections, type LeftOut } from './snapshot.js';

export const leftOutRecords = new Gauge({
  name: 'itk_mirror_records_left_out',
  help: 'Records of 1C:University that the mirror could not read and left out, by section',
  labelNames: ['section'],
});

/** The check under which they stand among the troubles. */
export const recordCheck = 'mirror-record';

/** Records named one by one; if all of a section is of another form, that is told by a few. */
const named = 200;

const mend = both(
  'Исправьте запись в 1С: со следующим обновлением зеркала она будет прочитана; до того студент остаётся таким, каким был известен',
  "Mend the record in 1C: the mirror's next refresh reads it; until then the student stays as last known",
);

/** By section. */
export function countLeftOut(leftOut: readonly LeftOut[]): void {
  for (const section of [...sections, 'systems', 'documents'] as const)
    leftOutRecords.set({ section }, leftOut.filter((record) => record.section === section).length);
}

/** What cannot be read, as troubles of the students whom it concerns, else of the place where it stands. */
export async function troublesOf(db: EntityManager, leftOut: readonly LeftOut[]): Promise<FoundTrouble[]> {
  const shown = leftOut.slice(0, named);
  const students = await studentsOf(
    db,
    shown.flatMap(({ section, owner }) => (section === 'names' ? (owner ?? []) : [])),
  );
  const troubles = new Map<string, FoundTrouble>();
  for (const record of shown) {
    const { section, index, owner, place = `${section}[${index}]` } = record;
    const whose = section === 'names' ? (owner && students.get(owner)) || owner : owner;
    const about =
      whose === undefined
        ? [place]
        : studentsSections.has(section)
          ? [whose].flat()
          : [`${section} ${[whose].flat().join()}`];
    for (const one of about)
      if (!troubles.has(one)) troubles.set(one, { about: one, what: whatOf(record, place), mend });
  }
  if (leftOut.length > named) {
    const more = leftOut.length - named;
    troubles.set('…', {
      about: '…',
      what: both(`Не прочитано ещё записей: ${more}`, `${more} more records cannot be read`),
      mend,
    });
  }
  return [...troubles.values()];
}

const studentsSections = new Set<string>(['students', 'statuses', 'names']);

function whatOf({ problems }: LeftOut, place: string) {
  const told = problems.slice(0, 5);
  const ru = told.map(({ field, needed, found }) => `${field || 'запись'}: нужно ${needed.ru}, стоит ${found.ru}`);
  const en = told.map(
    ({ field, needed, found }) => `${field || 'record'}: ${needed.en} is needed, ${found.en} stands there`,
  );
  return both(
    `Запись ${place} 1С не прочитана: ${ru.join('; ')}`,
    `1C's record ${place} cannot be read: ${en.join('; ')}`,
  );
}

/** Whose names they are, by individual. */
async function studentsOf(db: EntityManager, individuals: readonly string[]): Promise<Map<string, string[]>> {
  if (individuals.length === 0) return new Map();
  const rows: { individual: string; codes: string[] }[] = await db.query(
    `select individual, array_agg(code order by code) as codes from onec_component.students
      where individual = any($1::text[]) group by individual`,
    [individuals],
  );
  return new Map(rows.map(({ individual, codes }) => [individual, codes]));
}
