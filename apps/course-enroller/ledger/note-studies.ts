import type { Study } from '../intake/study.js';

export const noteStudies = `
insert into course_enroller.studies as study
  (system, code, person_key, origin, active, moodle_user_id, account_created, study_group, curriculum, semester,
   courses, binding_sequence, seen)
select $1, code, person_key, origin, active, moodle_user_id, account_created, study_group, curriculum, semester,
       courses::jsonb, binding_sequence, seen
from unnest($2::text[], $3::text[], $4::text[], $5::bool[], $6::bigint[], $7::bool[], $8::text[], $9::text[], $10::int[],
            $11::text[], $12::bigint[], $13::bigint[])
  as given (code, person_key, origin, active, moodle_user_id, account_created, study_group, curriculum, semester,
            courses, binding_sequence, seen)
on conflict (system, code) do update
  set person_key = excluded.person_key, origin = excluded.origin, active = excluded.active,
      moodle_user_id = excluded.moodle_user_id, account_created = excluded.account_created,
      study_group = excluded.study_group, curriculum = excluded.curriculum, semester = excluded.semester,
      courses = excluded.courses, binding_sequence = excluded.binding_sequence, seen = excluded.seen
  where study.seen <= excluded.seen`;

export const valuesToNote = (studies: readonly Study[]): unknown[] => [
  studies.map(({ code }) => code),
  studies.map(({ personKey }) => personKey),
  studies.map(({ origin }) => origin),
  studies.map(({ active }) => active),
  studies.map(({ moodleUserId }) => moodleUserId ?? null),
  studies.map(({ accountCreated }) => accountCreated),
  studies.map(({ group }) => group),
  studies.map(({ curriculum }) => curriculum ?? null),
  studies.map(({ semester }) => semester ?? null),
  studies.map(({ courses }) => JSON.stringify(courses)),
  studies.map(({ bindingSequence }) => bindingSequence ?? null),
  studies.map(({ seen }) => seen),
];
