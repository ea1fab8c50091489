import { both } from '#contracts';
import type { FoundTrouble } from '#persistence';
import type { PagesLost } from './ledger/window-ledger.js';
import type { Nameless } from './window/offer.js';

/** Alarms that a poller raises. */
export const pollerAlarms = {
  flagsLost: 'onec-does-not-keep-flags',
  nameless: 'onec-elements-without-code',
  pagesLost: 'onec-page-lost',
} as const;

/** Checks of the poller that `itk status` and the doctor show. */
export const checks = { pagesLost: 'page-lost', nameless: 'element-without-code' } as const;

/** A foreign 1C's answers got lost in which it may have said errors that it will not say again. */
export function pagesLostTrouble(system: string, { number, since }: PagesLost): FoundTrouble[] {
  const when = new Date(since).toISOString();
  return [
    {
      about: '',
      what: both(
        `Потеряно ответов GetStudents: ${number}, первый запрошен ${when}. Перечисляя студентов, 1С могла записать Error тем, о ком никто не слышал: месяц она их не предлагает`,
        `Answers of GetStudents lost: ${number}, the first was asked for at ${when}. As it listed students, 1C may have written Error for some of whom nobody has heard: it hides them for a month`,
      ),
      mend: both(
        `Найдите в регистре Synchronization записи Error этой системы, сделанные с того времени; записи студентов, которых нет в itk failures list --cause found-by-1c, удалите: 1С назовёт их ошибки снова. Затем itk sync cleared ${system}`,
        `In the register Synchronization find this system's Error rows written since then; delete those of students who are not in itk failures list --cause found-by-1c: 1C says their faults again. Then itk sync cleared ${system}`,
      ),
    },
  ];
}

/** Elements of the page that name no student, by their place in the list. */
export const namelessTroubles = (elements: readonly Nameless[]): FoundTrouble[] =>
  elements.map(({ place, where }) => ({
    about: `GetStudents ${place}`,
    what: both(
      `У элемента ${place} в ответе GetStudents нет пригодного кода студента: ${where}`,
      `Element ${place} of GetStudents' answer has no usable student code: ${where}`,
    ),
    mend: both(
      'Исправьте код студента в 1С: без него студента нельзя ни синхронизировать, ни отметить, и он занимает место в каждом ответе',
      'Mend the student code in 1C: without it the student can be neither synchronized nor flagged, and takes a place in every answer',
    ),
  }));
