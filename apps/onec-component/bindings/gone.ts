import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import type { Clock } from '../clock.js';
import { createDraft, type DraftLine, type Person } from '../documents/drafts.js';
import type { DocumentHead } from '../documents/store.js';
import { Refusal } from '../refusal.js';
import { approved } from '../registers/facts.js';
import { sliceOfSystem } from './slice.js';

/** Bindings with a course that no curriculum has any more: the department changed, the discipline was dropped. */
export interface GoneBinding extends Omit<DraftLine, 'change' | 'several' | 'shown'> {
  period: string;
  curriculumName: string;
  departmentName: string;
  disciplineName: string;
}

export const goneBindings = (db: EntityManager, system: string): Promise<GoneBinding[]> =>
  db.query(
    `select s.curriculum, s.department, s.discipline_kind as "disciplineKind", s.discipline, s.semester,
            s.course_id as "courseId", to_char(s.period, 'YYYY-MM-DD"T"HH24:MI:SS') as period,
            coalesce(c.name, s.curriculum) as "curriculumName", coalesce(t.name, s.department) as "departmentName",
            coalesce(d.name, s.discipline) as "disciplineName"
       from (${sliceOfSystem}) s
       left join onec_component.curricula c on c.code = s.curriculum
       left join onec_component.departments t on t.code = s.department
       left join onec_component.disciplines d on d.kind = s.discipline_kind and d.code = s.discipline
      where s.state = 'gone' and s.course_id <> 0
      order by "curriculumName", s.curriculum, s.semester, "disciplineName", s.discipline, s.department`,
    [system, approved],
  );

/** A draft that sets all of them to zero; what it touches is seen and posted as with any other. */
export async function draftZeroing(
  db: EntityManager,
  clock: Clock,
  who: Person,
  system: string,
): Promise<DocumentHead> {
  const gone = await goneBindings(db, system);
  if (gone.length === 0)
    throw new Refusal(
      'state',
      both(
        'Привязок, которых нет ни в одном учебном плане, не осталось',
        'No binding is without a curriculum any more',
      ),
    );
  const lines = gone.map(({ courseId, period, ...key }) => ({
    ...key,
    ...{ courseId: 0, change: true, several: false, shown: { course: courseId, period } },
  }));
  const comment = 'Обнуление привязок, которых больше нет в учебных планах';
  return createDraft(db, clock, who, { system, comment, date: null, display: 'all', lines });
}
