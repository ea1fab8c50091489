import type { Study } from '../intake/study.js';

/** $2 codes, $3 person keys. */
export const findStudies = `
select json_build_object(
    'code', code, 'personKey', person_key, 'origin', origin, 'active', active, 'moodleUserId', moodle_user_id,
    'accountCreated', account_created, 'group', study_group, 'curriculum', curriculum, 'semester', semester,
    'courses', courses, 'bindingSequence', binding_sequence, 'seen', seen, 'applied', applied,
    'appliedUserId', applied_user_id, 'counts', counts, 'validUntil', valid_until, 'failed', failed,
    'missingAsked', missing_asked, 'missingAskedBy', missing_asked_by, 'missingUserId', missing_user_id) as study
from course_enroller.studies
where system = $1 and person_key = any (array (
  select unnest($3::text[])
  union
  select person_key from course_enroller.studies where system = $1 and code = any ($2)))`;

export interface FoundStudy {
  study: { [K in keyof Study]-?: Exclude<Study[K], undefined> | null };
}

/** What is null in the table is absent here. */
export const studyFrom = ({ study }: FoundStudy): Study =>
  Object.fromEntries(Object.entries(study).filter(([, value]) => value !== null)) as unknown as Study;
