import type { SynchronizerCalls } from '../calls.js';
import type { OnecStudent, StudentElement } from '../answers/element.js';

/**
 * Pages that the doctor has 1C list. GetStudents is no mere reading: 1C flags the faulty students of the page for a
 * month and says their fault this once. So what it says is kept, and they are given back at the end.
 */
export class Offered {
  /** Codes of the faulty students, and how many errors name no code. */
  readonly faulty = new Set<string>();
  nameless = 0;
  /** Students on whom the doctor itself set flags. */
  readonly flagged = new Set<string>();

  constructor(
    private readonly calls: SynchronizerCalls,
    private readonly els: string,
    private readonly limit: number,
    /** Does the publication have Reoffer? */
    readonly canReoffer: boolean,
  ) {}

  async page(): Promise<StudentElement[]> {
    const page = await this.calls.getStudents(this.els, this.limit);
    for (const element of page) {
      if (element.kind !== 'error') continue;
      if (element.code === undefined) this.nameless += 1;
      else this.faulty.add(element.code);
    }
    return page;
  }

  async lists(student: string): Promise<boolean> {
    return studentsOf(await this.page()).some(({ code }) => code === student);
  }

  /** Ends the rows that stand because the doctor looked. */
  async giveBack(): Promise<void> {
    if (!this.canReoffer) return;
    const codes = [...new Set([...this.faulty, ...this.flagged])];
    for (let from = 0; from < codes.length; from += atOnce)
      await this.calls.reoffer(codes.slice(from, from + atOnce), this.els);
  }
}

const atOnce = 200;

export const studentsOf = (page: readonly StudentElement[]): OnecStudent[] =>
  page.flatMap((element) => (element.kind === 'student' ? [element.student] : []));
