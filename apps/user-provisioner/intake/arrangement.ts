import type { AccountMissing, CloudEvent, StudentChanged } from '#contracts';

export type Change = CloudEvent<'itk.student.changed.v1'>;
export type Missing = CloudEvent<'itk.account.missing.v1'>;

/** One student in a batch, whatever number of messages spoke of them. */
export interface StudentInBatch {
  code: string;
  /** The newest revision in the batch, and its place. */
  change?: { data: StudentChanged; index: number };
  /** The latest word that the account vanished, and its place. */
  missing?: { data: AccountMissing; saidAt: number; index: number };
}

export interface Arrangement {
  students: StudentInBatch[];
  /** Places of messages that another one of the batch stands for. */
  covered: number[];
}

/**
 * Folds a batch by student: of several revisions the newest is worked on, of equal ones the first. The others need
 * nothing of their own, since the message that stands for them is acknowledged only when its work is done.
 */
export function arrange(events: readonly (Change | Missing)[]): Arrangement {
  const students = new Map<string, StudentInBatch>();
  const covered: number[] = [];
  const studentOf = (code: string): StudentInBatch => {
    const student = students.get(code) ?? { code };
    students.set(code, student);
    return student;
  };
  events.forEach((event, index) => {
    if (event.type === 'itk.student.changed.v1') {
      const { data } = event as Change;
      const student = studentOf(data.person.code);
      if (student.change && student.change.data.revision >= data.revision) covered.push(index);
      else {
        if (student.change) covered.push(student.change.index);
        student.change = { data, index };
      }
    } else {
      const { data, time } = event as Missing;
      const student = studentOf(data.code);
      const saidAt = Date.parse(time);
      if (student.missing && student.missing.saidAt >= saidAt) covered.push(index);
      else {
        if (student.missing) covered.push(student.missing.index);
        student.missing = { data, saidAt, index };
      }
    }
  });
  return { students: [...students.values()], covered };
}
