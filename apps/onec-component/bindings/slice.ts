import type { BindingKey } from '../documents/binding-document.js';

/**
 * What a binding is to the curricula: `current` in an approved one; `resting`, its curriculum is a template or not
 * approved; `gone`, no curriculum has this discipline of this department in this semester any more.
 */
export const bindingStates = ['current', 'resting', 'gone'] as const;
export type BindingState = (typeof bindingStates)[number];

/** A record of the slice of the last. */
export interface Binding extends BindingKey {
  courseId: number;
  /** Of the record. */
  period: string;
  state: BindingState;
}

/** SQL: the slice of one system ($1) with the state of each binding; $2 is the status of an approved curriculum. */
export const sliceOfSystem = `
  select slice.*, case when l.curriculum is null then 'gone'
                       when c.template or c.status is distinct from $2 then 'resting' else 'current' end as state
    from (select distinct on (curriculum, semester, discipline_kind, discipline, department)
                 curriculum, semester, discipline_kind, discipline, department, course_id, period, recorder
            from onec_component.academic_course_bindings where system = $1
           order by curriculum, semester, discipline_kind, discipline, department, period desc) slice
    left join onec_component.curriculum_lines l
           on (l.curriculum, l.semester, l.discipline_kind, l.discipline, l.department)
            = (slice.curriculum, slice.semester, slice.discipline_kind, slice.discipline, slice.department)
    left join onec_component.curricula c on c.code = slice.curriculum`;
