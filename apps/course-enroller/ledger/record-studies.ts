import type { Study } from '../intake/study.js';

export const recordStudies = `
update course_enroller.studies as study
set applied = given.applied, applied_user_id = given.applied_user_id, counts = given.counts::jsonb,
    valid_until = given.valid_until, failed = given.failed, missing_asked = given.missing_asked,
    missing_asked_by = given.missing_asked_by, missing_user_id = given.missing_user_id
from unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::text[],
            $10::bigint[])
  as given (code, applied, applied_user_id, counts, valid_until, failed, missing_asked, missing_asked_by,
            missing_user_id)
where study.system = $1 and study.code = given.code`;

export const valuesToRecord = (studies: readonly Study[]): unknown[] => [
  studies.map(({ code }) => code),
  studies.map(({ applied }) => applied ?? null),
  studies.map(({ appliedUserId }) => appliedUserId ?? null),
  studies.map(({ counts }) => (counts ? JSON.stringify(counts) : null)),
  studies.map(({ validUntil }) => validUntil ?? null),
  studies.map(({ failed }) => failed ?? null),
  studies.map(({ missingAsked }) => missingAsked ?? null),
  studies.map(({ missingAskedBy }) => missingAskedBy ?? null),
  studies.map(({ missingUserId }) => missingUserId ?? null),
];
