import { both, ill, well, type Finding } from '#contracts';
import type { StudentElement } from '../answers/element.js';
import type { ByRecord } from '../answers/page.js';
import type { OnecCircumstances } from './circumstances.js';
import { studentsOf, type Offered } from './offered.js';

export const pageNotRead = ill(
  'page',
  'advice',
  both(
    'Страница студентов не читалась: перечисляя студентов, 1С отмечает тех, чьи данные ошибочны',
    'No page of students was read: as it lists students, 1C flags those whose data are faulty',
  ),
  both(
    'Прочитать её: itk doctor СИСТЕМА --page, пока опрос не запущен или на паузе (itk pause СИСТЕМА onec-poller)',
    'To read it: itk doctor SYSTEM --page, while the poller does not run or is paused (itk pause SYSTEM onec-poller)',
  ),
);

/** So long a page is worth a smaller window, milliseconds. */
const longPage = 10_000;
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

/** A page of the poller's size, twice: how long it takes, and whether its elements can be read. */
export async function readPage(offered: Offered, about: OnecCircumstances): Promise<Finding[]> {
  const begun = performance.now();
  const page = await offered.page();
  const first = performance.now() - begun;
  const again = performance.now();
  await offered.page();
  const next = performance.now() - again;
  const what = both(
    `Страница из ${page.length} элементов (не более ${about.window}): ${seconds(first)} с, повторно ${seconds(next)} с`,
    `A page of ${page.length} elements (${about.window} at the most): ${seconds(first)} s, once more ${seconds(next)} s`,
  );
  const took =
    next < longPage
      ? well('page', what.ru, what.en)
      : ill(
          'page',
          'warning',
          what,
          both('Уменьшите window: страницы станут короче', 'Make window smaller: pages get shorter'),
        );
  return [took, ...elements(page, about)];
}

function elements(page: readonly StudentElement[], { individualNeeded }: OnecCircumstances): Finding[] {
  const findings: Finding[] = [];
  const broken = page.flatMap((element) => (element.kind === 'broken' ? [element] : []));
  if (broken.length > 0) {
    const problems = [...new Set(broken.flatMap((element) => element.problems))].slice(0, 10).join('; ');
    findings.push(
      ill(
        'elements',
        'error',
        both(
          `Не читаются элементы GetStudents: ${broken.length} из ${page.length}. ${problems}`,
          `${broken.length} of ${page.length} elements of GetStudents cannot be read. ${problems}`,
        ),
        both(
          'Если поля названы иначе, опишите их в synchronizer.rename; остальное исправьте в 1С',
          'If the fields have other names, list them in synchronizer.rename; mend the rest in 1C',
        ),
      ),
    );
  }
  const students = studentsOf(page);
  const contents = new Map<string, string>();
  const twice = new Set<string>();
  for (const student of students) {
    const content = JSON.stringify(student);
    if (contents.has(student.code) && contents.get(student.code) !== content) twice.add(student.code);
    contents.set(student.code, content);
  }
  if (twice.size > 0)
    findings.push(
      ill(
        'elements twice',
        'error',
        both(
          `Студенты дважды, каждый раз с иными данными: ${[...twice].slice(0, 10).join(', ')}`,
          `Students listed twice, each time with other data: ${[...twice].slice(0, 10).join(', ')}`,
        ),
        both('Исправьте их записи в 1С', 'Mend their records in 1C'),
      ),
    );
  if (individualNeeded && students.some(({ individual }) => individual === undefined))
    findings.push(
      ill(
        'individual',
        'error',
        both(
          'В элементах нет individual, а accounts.per: individual',
          'Elements have no individual, but accounts.per is individual',
        ),
        both(
          'Поставьте accounts.per: student или обновите ITK_Synchronizer',
          'Set accounts.per to student, or update ITK_Synchronizer',
        ),
      ),
    );
  return findings;
}

/** The page is no JSON as a whole: some of it could be read all the same. */
export const pageByRecord = ({ line, column, records, broken }: ByRecord): Finding =>
  ill(
    'page form',
    broken.length > 0 ? 'error' : 'warning',
    both(
      `GetStudents возвращает не JSON (строка ${line}, столбец ${column}); по записям прочитано ${records - broken.length} из ${records}`,
      `GetStudents returns no JSON (line ${line}, column ${column}); record by record ${records - broken.length} of ${records} could be read`,
    ),
    both(
      'Пусть модуль веб-сервиса пишет ответ через ЗаписьJSON, а не складывает строки',
      "Have the web service's module write its answer by JSONWriter instead of joining strings",
    ),
  );

/** Whom 1C flagged because the doctor had it list them. */
export function flaggedByListing({ faulty, nameless, canReoffer }: Offered): Finding[] {
  if (faulty.size + nameless === 0) return [];
  const codes = [...faulty].slice(0, 20).join(', ');
  const left = nameless > 0 || !canReoffer;
  return [
    ill(
      'faulty students',
      left ? 'warning' : 'advice',
      both(
        `1С нашла ошибки в данных студентов: ${faulty.size + nameless}. ${codes}` +
          (left ? '. Перечисляя, она отметила их на месяц' : '. Отметки сняты, 1С предложит их снова'),
        `1C finds faults in the data of ${faulty.size + nameless} students. ${codes}` +
          (left
            ? '. As it listed them, it flagged them for a month'
            : '. The flags are taken back; 1C offers them again'),
      ),
      left
        ? both(
            'Исправьте данные и удалите записи Error этих студентов в регистре Synchronization',
            'Mend the data, and delete the Error rows of these students in the register Synchronization',
          )
        : both('Исправьте данные этих студентов в 1С', "Mend these students' data in 1C"),
    ),
  ];
}
