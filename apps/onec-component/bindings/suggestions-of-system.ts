import type { EntityManager } from 'typeorm';
import { approved } from '../registers/facts.js';
import { suggest, type KnownBinding, type SuggestionsOfLine } from './suggestions.js';
import { sliceOfSystem } from './slice.js';

/** Suggestions for the empty bindings of a system, out of its filled ones. */
export async function suggestionsFor(db: EntityManager, system: string): Promise<SuggestionsOfLine[]> {
  const rows: (KnownBinding & { state: string })[] = await db.query(
    `select s.curriculum, s.department, s.discipline_kind as "disciplineKind", s.discipline, s.semester,
            s.course_id as "courseId", s.state, coalesce(d.name, s.discipline) as title, c.year,
            case when c.field is not null and c.profile is not null
                 then json_build_array(c.field, c.profile, c.mode, c.site, c.level)::text end as programme
       from (${sliceOfSystem}) s
       left join onec_component.curricula c on c.code = s.curriculum
       left join onec_component.disciplines d on d.kind = s.discipline_kind and d.code = s.discipline
      where s.course_id <> 0 or s.state = 'current'
      order by s.curriculum, s.semester, title, s.discipline, s.department`,
    [system, approved],
  );
  return suggest(
    rows.filter(({ courseId }) => courseId === 0),
    rows.filter(({ courseId }) => courseId !== 0),
  );
}
