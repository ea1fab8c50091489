import { naiveOf } from '#synchronizer';
import { expectedIn } from '../../../sandbox/onec/university/expected.js';
import { Random, uuidOf } from '../../../sandbox/onec/university/random.js';
import type { University } from '../../../sandbox/onec/university/university.js';
import type { RunningUniversity } from '../../harness/running-university.js';
import type { Injected, InjectedIntoOneC } from './in-moodle.js';

/** Longer than any Moodle takes. */
const tail = 'ъ'.repeat(101);
const zone = 'Europe/Moscow';
const now = (): string => naiveOf(Date.now() / 1000, zone);

/** Before the university is served. */
export function injectIntoOneC(university: University, seed: number, names: number): InjectedIntoOneC {
  const random = new Random(seed);
  const individuals = new Set<string>();
  while (individuals.size < names) individuals.add(random.pick(university.students).individual);
  for (const name of university.names) if (individuals.has(name.individual)) name.lastname += tail;
  const badNames = new Set(
    university.students.filter(({ individual }) => individuals.has(individual)).map(({ code }) => code),
  );
  const good = [...expectedIn(university, university.toolkit.systems[0]!.name, now())]
    .filter(([code, { kind }]) => kind === 'student' && !badNames.has(code))
    .map(([code]) => code);
  return { badNames, contradicting: random.pick(good) };
}

/**
 * Puts right in 1C:University what is wrong there: surnames, faulty students, and disciplines bound to the course that
 * Moodle no longer has. Resolves when the component has read it.
 */
export async function mendOneC(running: RunningUniversity, injected: readonly Injected[], ms: number): Promise<void> {
  const { university, switches } = running.onec;
  const before = await fingerprint(running);
  switches.contradicting = false;
  for (const name of university.names) if (name.lastname.endsWith(tail)) name.lastname = name.lastname.slice(0, -101);
  mendFaulty(running);
  for (const [index, { courses }] of injected.entries()) bindElsewhere(running, index, courses);
  const end = Date.now() + ms;
  while ((await fingerprint(running)) === before) {
    if (Date.now() > end) throw new Error('the component has not read what was mended in 1C');
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** Into a group whose programme has a curriculum, and with a full name: the one fault may hide the other. */
function mendFaulty({ onec }: RunningUniversity): void {
  const { university, changes } = onec;
  const els = university.toolkit.systems[0]!.name;
  const expected = onec.expected(els);
  const example = university.students.find(({ code }) => expected.get(code)?.kind === 'student')!.code;
  const { group, semester } = university.statuses.filter(({ student }) => student === example).at(-1)!;
  for (let pass = 1; pass <= 2; pass++)
    for (const [code, student] of onec.expected(els)) {
      if (student.kind !== 'fault') continue;
      if (student.fault === 'Individual Error')
        changes.rename(code, { lastname: 'Найденова', firstname: 'Анна', middlename: 'Петровна' });
      else changes.moveToGroup(code, group!, semester!);
    }
}

/** One document binds what was bound to the deleted course to another that stands. */
function bindElsewhere({ onec, systems }: RunningUniversity, index: number, courses: Injected['courses']): void {
  const { els, moodle } = systems[index]!;
  const { documents, systems: directory } = onec.university.toolkit;
  const { code } = directory.find(({ name }) => name === els)!;
  const another = [...moodle.state.courses.all()].find(({ id, manual }) => id > 1 && manual)!.id;
  const lines = documents
    .flatMap((document) => document.lines)
    .filter(({ system, courseId }) => system === code && courseId === courses.deleted)
    .map((line) => ({ ...line, courseId: another }));
  documents.push({
    id: uuidOf(`elsewhere ${els}`),
    number: `ИТ${String(documents.length + 1).padStart(7, '0')}`,
    date: now(),
    author: 'Разработчиков У. П.',
    lines,
  });
}

async function fingerprint({ database }: RunningUniversity): Promise<string> {
  const { rows } = await database.query<{ fingerprint: string }>('select fingerprint from onec_component.mirror_state');
  return rows[0]!.fingerprint;
}
