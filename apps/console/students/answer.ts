import { both, eventTypes, type Bilingual } from '#contracts';
import type { waysOf } from '#platform';
import type { Evidence } from '../failures/evidence.js';

interface OneCause {
  about: string;
  reason: Bilingual;
}

/** What the answer is drawn from. */
export interface Facts {
  evidence: Evidence;
  /** Newest first. */
  events: readonly { type: string; revision: number | null; at: Date; data: unknown }[];
  /** Newest first, those that nothing has closed. */
  open: readonly (OneCause & { causes?: readonly OneCause[] })[];
  /** Of the system. */
  paused: Bilingual | null;
  /** Newest set of courses of the student's curriculum and semester, where a binding has changed. */
  binding?: { courses: number[]; at: Date } | undefined;
  /** Of the system. */
  ways: ReturnType<typeof waysOf>;
}

export interface CourseState {
  /** The course's number in Moodle, or its idnumber. */
  course: string;
  state: 'enrolled' | 'failed' | 'waiting' | 'unclear';
  reason?: Bilingual;
}

export interface Answer {
  sentence: Bilingual;
  courses: CourseState[];
}

interface Changed {
  state?: string;
  courses?: { id?: number; idnumber?: string }[];
}
interface Failed {
  reason?: Bilingual;
  counts?: { enrolled?: number; updated?: number; unchanged?: number };
}

/** Why is the student not in a course: the courses that are wanted, what became of them, and it all in one sentence. */
export function answerFor({ evidence, events, open, paused, binding, ways }: Facts): Answer {
  const changed = events.find(({ type }) => type === eventTypes.StudentChanged);
  if (!changed)
    return {
      sentence: untold(ways),
      courses: [],
    };
  const { state, courses: own = [] } = changed.data as Changed;
  if (state === 'withdrawn')
    return {
      sentence: both('Студент отчислен: курсов ему не положено', 'The student has left: no courses are due'),
      courses: [],
    };
  const wanted =
    binding && binding.at > changed.at
      ? binding.courses.map(String)
      : own.map(({ id, idnumber }) => String(id ?? idnumber));
  if (wanted.length === 0)
    return {
      sentence: both(
        'К дисциплинам студента не привязан ни один курс',
        "No course is bound to the student's disciplines",
      ),
      courses: [],
    };
  const newest = changed.revision ?? 0;
  const { outcome, synchronized } = evidence;
  const all = (state: CourseState['state'], sentence: Bilingual): Answer => ({
    sentence,
    courses: wanted.map((course) => ({ course, state })),
  });
  if (outcome?.is === 'synchronized' && outcome.revision >= newest)
    return all(
      'enrolled',
      ways.writtenBy === 'file'
        ? both(`В файле для Moodle, курсов: ${wanted.length}`, `In the file for Moodle, courses: ${wanted.length}`)
        : both(`Во всех курсах: ${wanted.length}`, `In all courses: ${wanted.length}`),
    );
  if (outcome && outcome.revision >= newest && outcome.is !== 'binding') return failedAnswer(wanted, events, open);
  const why = paused ?? both('проход ещё не закончен', 'the pass is not over yet');
  const before = synchronized
    ? both('; прежние зачисления на месте', '; earlier enrolments stand')
    : both('; ещё ни разу не закончен', '; none has ended yet');
  return all(
    'waiting',
    both(`Ждёт: ${why.ru}${paused ? '' : before.ru}`, `Waits: ${why.en}${paused ? '' : before.en}`),
  );
}

/** Nobody has told of the student, as far as the journal goes back. */
export const untold = ({ fedBy }: Pick<Facts['ways'], 'fedBy'>): Bilingual =>
  fedBy.includes('onec')
    ? both(
        '1С ещё не передавала студента, или журнал этого уже не помнит',
        '1C has not offered the student yet, or the journal no longer remembers it',
      )
    : both(
        'Ни один файл ещё не назвал студента, или журнал этого уже не помнит',
        'No file has told of the student yet, or the journal no longer remembers it',
      );

function failedAnswer(wanted: readonly string[], events: Facts['events'], open: Facts['open']): Answer {
  const failed = events.find(({ type }) => type === eventTypes.SynchronizationFailed)?.data as Failed | undefined;
  const { enrolled = 0, updated = 0, unchanged = 0 } = failed?.counts ?? {};
  const done = Math.min(enrolled + updated + unchanged, wanted.length - 1);
  const reason = open[0]?.reason ?? failed?.reason ?? both('причина неизвестна', 'nobody knows why');
  const causes = open.flatMap(({ causes: several = [], ...one }) => (several.length > 0 ? several : [one]));
  const known = wanted.filter((course) => causes.some(({ about }) => about === course));
  // One failure may stand for several courses: the others are told apart only by their number.
  const others: CourseState['state'] =
    known.length + done >= wanted.length ? 'enrolled' : done === 0 && known.length === 0 ? 'waiting' : 'unclear';
  return {
    sentence: both(
      `В ${done} из ${wanted.length} курсов. ${reason.ru}`,
      `In ${done} of ${wanted.length} courses. ${reason.en}`,
    ),
    courses: wanted.map((course) => {
      const cause = causes.find(({ about }) => about === course);
      return cause ? { course, state: 'failed', reason: cause.reason } : { course, state: others };
    }),
  };
}
