import type { BindingChange, FoundError, OnecStudent, StudentElement, SynchronizerClient } from '#synchronizer';
import type { PageElement } from '../window/offer.js';

/** What the poller asks of 1C. Errors are SynchronizationErrors. */
export interface StudentSource {
  /** At most `limit` students whom 1C does not hide. */
  students(limit: number): Promise<PageElement[]>;
  /** Changes of bindings after `sequence`, oldest first; undefined: this 1C does not tell them. */
  bindingsSince(sequence: number, limit: number): Promise<BindingChange[] | undefined>;
  /**
   * Faults that 1C has found itself after `sequence`, oldest first; undefined: this 1C says each of them once, in its
   * page.
   */
  errorsSince(sequence: number, limit: number): Promise<FoundError[] | undefined>;
}

const elementOf = (student: OnecStudent, role: string): PageElement => ({
  kind: 'student',
  code: student.code,
  person: {
    code: student.code,
    ...(student.individual !== undefined && { individual: student.individual }),
    lastname: student.lastname,
    firstname: student.firstname,
    middlename: student.middlename,
    kind: 'student',
  },
  study: {
    group: student.group,
    semester: student.semester,
    year: student.year,
    field: student.field,
    profile: student.profile,
    mode: student.mode,
    site: student.site,
    curriculum: student.curriculum,
  },
  courses: student.courses.map((id) => ({ id, role })),
  ...(student.bindingSequence !== undefined && { bindingSequence: student.bindingSequence }),
});

/** What the client has read, in the poller's words. */
export function pageElement(element: StudentElement, role: string): PageElement {
  const code = element.kind === 'student' ? element.student.code : element.code;
  if (element.kind === 'student') return elementOf(element.student, role);
  if (element.kind === 'error') return { kind: 'error', text: element.text, ...(code !== undefined && { code }) };
  const { problems, characters } = element;
  return {
    kind: 'broken',
    where: problems.join('; '),
    ...(code !== undefined && { code }),
    ...(characters && { characters }),
  };
}

/** A publication of ITK_Synchronizer, ours or a foreign one. */
export class OnecSource implements StudentSource {
  /** The client gives the same object for what has not changed since the last page; so does this source. */
  private readonly known = new WeakMap<StudentElement, PageElement>();

  constructor(
    private readonly client: Pick<SynchronizerClient, 'getStudents' | 'bindingsSince' | 'errorsSince' | 'offers'>,
    private readonly els: string,
    /** Shortname of the role that students get in their courses. */
    private readonly role: string,
  ) {}

  async students(limit: number): Promise<PageElement[]> {
    const page = await this.client.getStudents(this.els, limit);
    return page.map((element) => {
      const known = this.known.get(element) ?? pageElement(element, this.role);
      this.known.set(element, known);
      return known;
    });
  }

  async bindingsSince(sequence: number, limit: number): Promise<BindingChange[] | undefined> {
    return (await this.client.offers('BindingsSince'))
      ? this.client.bindingsSince(this.els, sequence, limit)
      : undefined;
  }

  async errorsSince(sequence: number, limit: number): Promise<FoundError[] | undefined> {
    return (await this.client.offers('ErrorsSince')) ? this.client.errorsSince(this.els, sequence, limit) : undefined;
  }
}
