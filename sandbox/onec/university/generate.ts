import { fullName, surnameOf, type Gender } from './names.js';
import { Random, uuidOf } from './random.js';
import { approvedPlan, continues, type Curriculum, type DisciplineKind, type University } from './university.js';

export interface Generation {
  students: number;
  seed: number;
  /** Names in the ELS directory. */
  systems: string[];
  /** Courses of each Moodle, numbered from 2: number 1 is Moodle's front page. */
  courses: number;
  /** Share of continuing students whose data have one of the four faults. */
  faulty: number;
  /** At least so many curricula: those of earlier years, which nobody follows any more, are kept. */
  curricula?: number;
  /** The day on which the university stands; its statuses begin before. */
  today: Date;
}

const fields: [code: string, profile: string, letter: string][] = [
  ['01.03.02', 'Прикладная математика и информатика', 'М8О'],
  ['09.03.01', 'Вычислительные машины, комплексы, системы и сети', 'М3О'],
  ['09.03.04', 'Программная инженерия', 'М8О'],
  ['24.03.01', 'Ракетные комплексы & космонавтика', 'М6О'],
  ['24.05.07', 'Самолётостроение', 'М1О'],
  ['38.03.01', 'Экономика предприятий', 'М5О'],
  ['45.03.02', 'Перевод и переводоведение', 'М9О'],
  ['11.03.02', 'Инфокоммуникационные технологии', 'М4О'],
  ['15.03.04', 'Автоматизация производств', 'М7О'],
  ['27.03.05', 'Управление «инновациями»', 'М5О'],
];
const modes = ['Очная', 'Очно-заочная', 'Заочная'];
const sites = ['Москва', 'Жуковский', 'Ступино'];
const subjects =
  `Математический анализ|Линейная алгебра|Физика|Химия|История России|Философия|Иностранный язык|Информатика
Программирование|Базы данных|Операционные системы|Сети ЭВМ|Теория вероятностей|Дискретная математика|Численные методы
Теоретическая механика|Сопротивление материалов|Инженерная графика|Материаловедение|Электротехника|Экономика|Право
Менеджмент|Безопасность жизнедеятельности|Физическая культура|Правоведение|Психология|Логика|Алгоритмы и структуры данных
Компьютерная графика|Защита информации|Искусственный интеллект|Теория автоматического управления|Метрология`.split(
    /[|\n]/,
  );
const cycles = ['Элективные курсы по физической культуре', 'Дисциплины по выбору Б1.В.ДВ.1', 'Факультативы'];
const practices = ['Учебная практика', 'Производственная практика', 'Преддипломная практика'];

const code = (number: number): string => String(number).padStart(9, '0');
/** Years of admission at the same time. */
const cohorts = 4;

/** Which faults the faulty students have, in turn. */
export const faults = ['status', 'group', 'individual', 'curriculum'] as const;

/**
 * A university by a seed: people with real kinds of names (ё, double names, no patronymic, namesakes, changed
 * surnames, two studies of one human), groups, curricula (templates and drafts among them), bindings for each system.
 */
export function generateUniversity(wanted: Generation): University {
  const random = new Random(wanted.seed);
  const month = wanted.today.getUTCMonth() + 1;
  // The spring semester begins on the seventh of February.
  const autumn = month >= 9 || month === 1 || (month === 2 && wanted.today.getUTCDate() < 7);
  const year = month >= 9 ? wanted.today.getUTCFullYear() : wanted.today.getUTCFullYear() - 1;
  const university: University = {
    students: [],
    statuses: [],
    names: [],
    groups: [],
    curricula: [],
    disciplines: [
      ...subjects.map((name, index) => ({ kind: 'Discipline' as const, code: code(index + 1), name })),
      ...cycles.map((name, index) => ({ kind: 'Cycle' as const, code: code(index + 1), name })),
      ...practices.map((name, index) => ({ kind: 'Practice' as const, code: code(index + 1), name })),
    ],
    departments: Array.from({ length: 12 }, (_, index) => ({
      code: String(801 + index),
      name: `Кафедра ${801 + index}`,
    })),
    toolkit: {
      systems: wanted.systems.map((name, index) => ({
        code: code(index + 1),
        name,
        address: `https://${encodeURIComponent(name.toLowerCase())}.example.edu`,
      })),
      documents: [],
    },
  };
  makeGroups(university, random, wanted.students, year);
  makeStudents(university, random, wanted, { year, autumn });
  keepOldCurricula(university, new Random(wanted.seed), wanted.curricula ?? 0, year - cohorts);
  makeBindings(university, random, wanted, year);
  return university;
}

function makeGroups(university: University, random: Random, students: number, year: number): void {
  const groupCount = Math.max(cohorts, Math.ceil(students / 22));
  const programmes = Math.min(
    fields.length * modes.length * sites.length,
    Math.max(1, Math.ceil(groupCount / cohorts / 3)),
  );
  const plan = Array.from({ length: programmes }, (_, index) => {
    const [field, profile, letter] = fields[index % fields.length] as (typeof fields)[number];
    const mode = modes[Math.floor(index / fields.length) % modes.length] as string;
    const site = sites[Math.floor(index / fields.length / modes.length) % sites.length] as string;
    return { field, profile, letter, mode, site };
  });
  for (const programme of plan)
    for (let cohort = 0; cohort < cohorts; cohort++) makeCurricula(university, random, programme, year - cohort);
  for (let index = 0; index < groupCount; index++) {
    const { letter, ...programme } = plan[Math.floor(index / cohorts) % plan.length] as (typeof plan)[number];
    const admitted = year - (index % cohorts);
    const number = Math.floor(index / cohorts / plan.length) + 1;
    const name = `${letter}-${101 + number}${modeLetter(programme.mode)}-${String(admitted).slice(2)}`;
    university.groups.push({ code: code(index + 1), name, year: admitted, ...programme });
  }
}

const modeLetter = (mode: string): string => ({ Очная: 'Б', 'Очно-заочная': 'В', Заочная: 'З' })[mode] ?? 'Б';

function keepOldCurricula(university: University, random: Random, wanted: number, newest: number): void {
  const programmes = fields.flatMap(([field, profile]) =>
    modes.flatMap((mode) => sites.map((site) => ({ field, profile, mode, site }))),
  );
  for (let back = 0; university.curricula.length < wanted; back++)
    makeCurricula(
      university,
      random,
      programmes[back % programmes.length]!,
      newest - Math.floor(back / programmes.length),
    );
}

type ProgrammeOfField = { field: string; profile: string; mode: string; site: string };

function makeCurricula(university: University, random: Random, programme: ProgrammeOfField, year: number): void {
  const { field, profile, mode, site } = programme;
  const lines: Curriculum['lines'] = [];
  const department = () => random.pick(university.departments).code;
  for (let semester = 1; semester <= 8; semester++) {
    const chosen = new Set(Array.from({ length: 6 }, () => random.whole(1, subjects.length)));
    for (const subject of chosen)
      lines.push({ disciplineKind: 'Discipline', discipline: code(subject), semester, department: department() });
    if (semester % 2 === 0)
      lines.push({
        disciplineKind: 'Practice',
        discipline: code(semester === 8 ? 3 : 1),
        semester,
        department: department(),
      });
    else
      lines.push({ disciplineKind: 'Cycle', discipline: code(1 + (semester % 3)), semester, department: department() });
  }
  const make = (name: string, template: boolean, status: string) =>
    university.curricula.push({
      code: code(university.curricula.length + 1),
      name,
      year,
      field,
      profile,
      mode,
      site,
      template,
      status,
      graduatingDepartment: random.pick(university.departments).code,
      level: field.includes('.05.') ? 'Специалитет' : 'Бакалавриат',
      lines,
    });
  make(`${field} ${profile}, ${year}`, false, approvedPlan);
  if (random.chance(0.5)) make(`${field} ${profile}: шаблон`, true, approvedPlan);
  if (random.chance(0.5)) make(`${field} ${profile}, ${year}: проект`, false, 'In development');
}

function makeStudents(
  university: University,
  random: Random,
  wanted: Generation,
  { year, autumn }: { year: number; autumn: boolean },
): void {
  let fault = 0;
  const groups = [...university.groups]; // faulty ones are added on the way: only the faulty are in them
  for (let index = 0; index < wanted.students; index++) {
    const student = code(10_001 + index);
    const before = university.students.at(-1);
    const second = before !== undefined && random.chance(0.01);
    const individual = second ? before.individual : uuidOf(`individual ${wanted.seed} ${index}`);
    university.students.push({ code: student, individual });
    const group = groups[index % groups.length] as University['groups'][number];
    const admitted = group.year ?? year;
    const semester = 2 * (year - admitted) + (autumn ? 1 : 2);
    const since = autumn ? `${year}-09-01T00:00:00` : `${year + 1}-02-07T00:00:00`;
    if (semester > 1)
      university.statuses.push({
        student,
        period: `${admitted}-09-01T00:00:00`,
        status: continues,
        group: group.code,
        semester: 1,
      });
    const broken = random.chance(wanted.faulty) ? faults[fault++ % faults.length] : undefined;
    const left = !broken && random.chance(0.05);
    university.statuses.push({
      student,
      period: since,
      status: left ? random.pick(['Academic leave', 'Expelled']) : continues,
      group:
        broken === 'status'
          ? null
          : broken === 'group'
            ? faultyGroup(university, group)
            : broken === 'curriculum'
              ? groupWithoutPlan(university, group)
              : group.code,
      semester,
    });
    if (second) continue;
    makeNames(university, random, individual, admitted, broken === 'individual');
  }
}

function makeNames(university: University, random: Random, individual: string, year: number, nameless: boolean): void {
  const gender: Gender = random.chance(0.5) ? 'man' : 'woman';
  const name = fullName(random, gender);
  if (nameless) return;
  university.names.push({ individual, period: `${year}-08-01T00:00:00`, ...name });
  if (gender === 'woman' && random.chance(0.03))
    university.names.push({
      individual,
      period: `${year}-08-20T12:30:00`,
      ...name,
      lastname: surnameOf(random, gender),
    });
}

type Group = University['groups'][number];

/** A group of which one attribute was not filled in. */
function faultyGroup(university: University, like: Group): string {
  const name = `${like.name}-без-профиля`;
  return existingOrNew(university, { ...like, name, profile: null });
}

/** A group for whose programme nobody has approved a curriculum. */
function groupWithoutPlan(university: University, like: Group): string {
  const name = `${like.name}-без-плана`;
  return existingOrNew(university, { ...like, name, profile: 'Новый профиль без учебного плана' });
}

function existingOrNew(university: University, group: Group): string {
  const found = university.groups.find((one) => one.name === group.name);
  if (found) return found.code;
  const made = { ...group, code: `Г${code(university.groups.length + 1).slice(1)}` };
  university.groups.push(made);
  return made.code;
}

/** One document per system and curriculum, as "Create bindings" and a developer would make; one line in ten stays empty. */
function makeBindings(university: University, random: Random, wanted: Generation, year: number): void {
  if (wanted.courses <= 0) return;
  let number = 0;
  for (const system of university.toolkit.systems)
    for (const curriculum of university.curricula) {
      if (curriculum.template || curriculum.status !== approvedPlan) continue;
      number++;
      const minute = String(Math.floor(number / 60) % 60).padStart(2, '0');
      const second = String(number % 60).padStart(2, '0');
      university.toolkit.documents.push({
        id: uuidOf(`document ${wanted.seed} ${system.name} ${curriculum.code}`),
        number: `ИТ${String(number).padStart(7, '0')}`,
        date: `${year}-08-25T10:${minute}:${second}`,
        author: 'Разработчиков У. П.',
        lines: curriculum.lines.map((line) => ({
          ...line,
          curriculum: curriculum.code,
          system: system.code,
          courseId: random.chance(0.1) ? 0 : courseOf(line, wanted.courses),
          change: true,
          several: false,
        })),
      });
    }
}

/** Groups of one discipline share a course, whatever their curriculum. */
const courseOf = (
  line: { disciplineKind: DisciplineKind; discipline: string; semester: number },
  courses: number,
): number =>
  2 +
  ((Number(line.discipline) * 7 + line.semester * 13 + { Discipline: 0, Cycle: 3, Practice: 5 }[line.disciplineKind]) %
    courses);
