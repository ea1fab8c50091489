import { DateTime } from 'luxon';
import { fullName } from './names.js';
import { Random, uuidOf } from './random.js';
import { continues, type University } from './university.js';

/** What happens at a university while the toolkit runs. */
export class Changes {
  private last = '';
  private made = 0;

  constructor(
    private readonly university: University,
    private readonly seed: number,
    private readonly zone: string,
  ) {}

  /** The student's group and semester from now on; the semester stays unless given. */
  moveToGroup(student: string, group: string, semester?: number): void {
    const last = this.lastStatus(student);
    this.status(student, last.status, group, semester ?? last.semester);
  }

  expel(student: string): void {
    const last = this.lastStatus(student);
    this.status(student, 'Expelled', last.group, last.semester);
  }

  restore(student: string): void {
    const last = this.lastStatus(student);
    this.status(student, continues, last.group, last.semester);
  }

  rename(student: string, name: { lastname?: string; firstname?: string; middlename?: string }): void {
    const individual = this.individualOf(student);
    const last = this.university.names
      .filter((one) => one.individual === individual)
      .sort(byPeriod)
      .at(-1);
    const before = last ?? { lastname: '', firstname: '', middlename: '' };
    this.university.names.push({ ...before, ...name, individual, period: this.moment() });
  }

  /** New students of an existing group; gives their codes. */
  admit(count: number, group: string, semester = 1): string[] {
    const random = new Random(this.seed + 7_919 * ++this.made);
    const newest =
      this.university.students
        .map((student) => student.code)
        .sort()
        .at(-1) ?? '0';
    return Array.from({ length: count }, (_, index) => {
      const code = String(Number(newest) + 1 + index).padStart(9, '0');
      const individual = uuidOf(`admitted ${this.seed} ${code}`);
      this.university.students.push({ code, individual });
      this.university.names.push({
        individual,
        period: this.moment(),
        ...fullName(random, random.chance(0.5) ? 'man' : 'woman'),
      });
      this.status(code, continues, group, semester);
      return code;
    });
  }

  /** A new binding document of one line, by the system's name; course 0 unbinds. */
  bind(binding: {
    system: string;
    curriculum: string;
    semester: number;
    discipline: string;
    courseId: number;
    disciplineKind?: 'Discipline' | 'Cycle' | 'Practice';
    department?: string;
  }): void {
    const system = this.university.toolkit.systems.find((one) => one.name === binding.system);
    if (!system) throw new Error(`no system named ${binding.system}`);
    const kind = binding.disciplineKind ?? 'Discipline';
    const line = this.university.curricula
      .find((one) => one.code === binding.curriculum)
      ?.lines.find(
        (one) =>
          one.semester === binding.semester && one.discipline === binding.discipline && one.disciplineKind === kind,
      );
    const department = binding.department ?? line?.department;
    if (department === undefined) throw new Error('no such line of a curriculum, and no department given');
    const number = this.university.toolkit.documents.length + 1;
    this.university.toolkit.documents.push({
      id: uuidOf(`change ${this.seed} ${number}`),
      number: `ИТ${String(number).padStart(7, '0')}`,
      date: this.moment(),
      author: 'Разработчиков У. П.',
      lines: [
        {
          curriculum: binding.curriculum,
          department,
          disciplineKind: kind,
          discipline: binding.discipline,
          semester: binding.semester,
          system: system.code,
          courseId: binding.courseId,
          change: true,
          several: false,
        },
      ],
    });
  }

  private status(student: string, status: string, group: string | null, semester: number | null): void {
    this.university.statuses.push({ student, period: this.moment(), status, group, semester });
  }

  private lastStatus(student: string) {
    const last = this.university.statuses
      .filter((one) => one.student === student)
      .sort(byPeriod)
      .at(-1);
    if (!last) throw new Error(`no status of student ${student}`);
    return last;
  }

  private individualOf(student: string): string {
    const found = this.university.students.find((one) => one.code === student);
    if (!found) throw new Error(`no student ${student}`);
    return found.individual;
  }

  /** Just past, and never twice the same second: two records of one second would be a fault of their own. */
  private moment(): string {
    const format = "yyyy-MM-dd'T'HH:mm:ss";
    const recent = DateTime.now().setZone(this.zone).minus({ minutes: 10 });
    const next = this.last ? DateTime.fromISO(this.last, { zone: this.zone }).plus({ seconds: 1 }) : recent;
    this.last = (next > recent ? next : recent).toFormat(format);
    return this.last;
  }
}

const byPeriod = (a: { period: string }, b: { period: string }): number =>
  a.period < b.period ? -1 : a.period > b.period ? 1 : 0;
