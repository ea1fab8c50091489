import { DateTime } from 'luxon';
import { expectedIn, type Expected } from '../../../sandbox/onec/university/expected.js';
import type { BindingDocument, University } from '../../../sandbox/onec/university/university.js';

export const zone = 'Europe/Moscow';
export const naive = (ms: number) => DateTime.fromMillis(ms, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
export const systems = ['LMS', 'СДО'];

export interface Row {
  els: string;
  code: string;
  period: string;
  error: boolean;
}

/** Registers and operations in the plainest form that the paper allows. */
export class RegisterModel {
  rows: Row[] = [];
  offered = new Map<string, { content: string; awaited: boolean; doubtful: boolean }>();
  posted = new Map<string, BindingDocument>();
  constructor(
    public university: University,
    public now: string,
  ) {}

  private expected(els: string): Map<string, Expected> {
    const toolkit = { ...this.university.toolkit, documents: [...this.posted.values()] };
    return expectedIn({ ...this.university, toolkit }, els, this.now);
  }
  private put(row: Row): void {
    this.rows = this.rows.filter((one) => one.els !== row.els || one.code !== row.code || one.period !== row.period);
    this.rows.push(row);
  }
  private live(els: string, code: string): Row[] {
    return this.rows.filter((row) => row.els === els && row.code === code && row.period >= this.now);
  }
  private drop(rows: Row[]): void {
    this.rows = this.rows.filter((row) => !rows.includes(row));
  }
  private content(els: string, code: string): string | undefined {
    const one = this.expected(els).get(code);
    return one && JSON.stringify(one, (key, value: unknown) => (key === 'courses' ? undefined : value));
  }
  private changed(els: string, code: string): boolean {
    const offered = this.offered.get(`${els} ${code}`);
    const content = this.content(els, code);
    return offered !== undefined && content !== undefined && content !== offered.content;
  }
  /** It may speak of another content than the newest. */
  private flagIsOld(els: string, code: string): boolean {
    const offered = this.offered.get(`${els} ${code}`);
    const old = this.changed(els, code) || offered?.doubtful === true;
    if (offered) Object.assign(offered, { awaited: false, doubtful: false });
    return old;
  }
  private monthLater(): string {
    return DateTime.fromISO(this.now, { zone: 'utc' }).plus({ months: 1 }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
  }

  getStudents(els: string, limit: number) {
    const page = [...this.expected(els)]
      .filter(([code]) => this.live(els, code).length === 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit);
    for (const [code, one] of page) {
      const content = this.content(els, code) as string;
      const before = this.offered.get(`${els} ${code}`);
      const doubtful = before !== undefined && (before.doubtful || (before.awaited && before.content !== content));
      this.offered.set(`${els} ${code}`, { content, awaited: one.kind !== 'fault', doubtful });
      if (one.kind === 'fault') this.put({ els, code, period: this.monthLater(), error: true });
    }
    return page;
  }
  setCronflag(els: string, code: string, period: string): void {
    if (!this.university.students.some((student) => student.code === code)) return;
    if (this.flagIsOld(els, code)) return this.drop(this.live(els, code));
    this.drop(this.live(els, code).filter((row) => row.error));
    this.put({ els, code, period, error: false });
  }
  setErrorCronflag(els: string, code: string): void {
    if (!this.university.students.some((student) => student.code === code)) return;
    if (this.flagIsOld(els, code)) return this.drop(this.live(els, code));
    if (!this.live(els, code).some((row) => row.error)) this.put({ els, code, period: this.monthLater(), error: true });
  }
  reoffer(els: string, code: string): void {
    this.drop(this.live(els, code));
  }
  refresh(): void {
    for (const els of systems)
      for (const { code } of this.university.students) if (this.changed(els, code)) this.drop(this.live(els, code));
  }
  sets(els: string): Map<string, string> {
    const code = this.university.toolkit.systems.find((one) => one.name === els)?.code;
    const newest = new Map<string, { date: string; course: number; place: string }>();
    for (const { date, lines } of this.posted.values())
      for (const line of lines) {
        if (line.system !== code || !line.change) continue;
        const place = JSON.stringify([line.curriculum, line.semester]);
        const key = JSON.stringify([place, line.disciplineKind, line.discipline, line.department]);
        const known = newest.get(key);
        if (!known || known.date < date) newest.set(key, { date, course: line.courseId, place });
      }
    const sets = new Map<string, number[]>();
    for (const { course, place } of newest.values())
      if (course > 0) sets.set(place, [...(sets.get(place) ?? []), course]);
    return new Map([...sets].map(([place, ids]) => [place, JSON.stringify([...new Set(ids)].sort((a, b) => a - b))]));
  }
}
