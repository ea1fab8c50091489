import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { fingerprint } from '../../apps/console/failures/store/fingerprint.js';

export const systems = ['lms', 'lms2'] as const;

export interface Sown {
  /** The cookie's value of an administrator. */
  session: string;
  /** Codes that have both journal rows and failures. */
  codes: string[];
  groups: string[];
  failures: string[];
  fingerprints: string[];
  /** Id of one that holds every failure. */
  replay: string;
}

/** Passes of a student; each leaves four events. */
const passes = 25;
const perPass = 4;
const causes = 300;
/** By how many digits 1C numbers its students. */
const digits = 9;

/** An administrator who is signed in. */
async function signIn(database: pg.Pool): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await database.query(
    `insert into console.users (login, name, grants, disabled, created_at)
     values ('bench', 'Bench', '[{"role":"administrator"}]', false, now())`,
  );
  await database.query(
    `insert into console.sessions (token, login, created_at, seen_at) values ($1, 'bench', now(), now())`,
    [createHash('sha256').update(token).digest()],
  );
  return token;
}

/** As the journal keeps them: StudentChanged, UserProvisioned, StudentSynchronized, StudentReported of each pass. */
async function sowJournal(database: pg.Pool, rows: number, progress: (text: string) => void): Promise<void> {
  const students = Math.ceil(rows / passes / perPass);
  for (let pass = 0; pass < passes; pass++) {
    await database.query(
      `insert into console.journal (event_id, type, system, subject, revision, source, at, received, trace_id, data)
       select gen_random_uuid()::text, e.type, case when s % 2 = 0 then 'lms' else 'lms2' end,
         lpad(s::text, ${digits}, '0'), 1790000000000 + $1::bigint * 1000, e.source, t.time, t.time, null,
         e.data::jsonb
       from generate_series(1, $2::int) s
       cross join lateral (select now() - (${passes} - $1::int) * interval '1 day' - s * interval '1 millisecond' as time) t
       cross join (values
         ('itk.student.changed.v1', 'onec-poller', '{"origin":"onec","state":"active","study":{"group":"М3О-101Б-24",
           "semester":1,"year":2024,"field":"01.03.02","profile":"Прикладная математика","mode":"Очная","site":"Москва",
           "curriculum":"000000321"},"courses":[{"id":17,"role":"student"},{"id":18,"role":"student"}]}'),
         ('itk.user.provisioned.v1', 'user-provisioner', '{"state":"active","moodleUserId":5,"accountCreated":false}'),
         ('itk.student.synchronized.v1', 'course-enroller', '{"origin":"onec","counts":{"enrolled":8,"removed":0},
           "validUntil":1900000000}'),
         ('itk.student.reported.v1', 'success-reporter', '{"origin":"onec","told":"synchronized","validUntil":1900000000}')
       ) as e (type, source, data)`,
      [pass, students],
    );
    progress(`  journal: ${(pass + 1) * students * perPass} of ${rows}`);
  }
  await database.query(
    `insert into console.known (system, subject, evidence, study_group, outcome)
     select case when s % 2 = 0 then 'lms' else 'lms2' end, lpad(s::text, ${digits}, '0'),
       jsonb_build_object('seen', 1790000024000, 'outcome', jsonb_build_object('revision', 1790000024000, 'at', 1, 'is', 'synchronized')),
       'М3О-' || (s % 400) || 'Б-24', 'synchronized'
     from generate_series(1, $1::int) s`,
    [students],
  );
}

async function sowFailures(database: pg.Pool, count: number): Promise<{ ids: string[]; fingerprints: string[] }> {
  const fingerprints: string[] = [];
  for (let index = 0; index < causes; index++) {
    const system = systems[index % systems.length]!;
    const about = String(1_000 + index);
    const cause = { system, service: 'course-enroller', kind: 'course' as const, cause: 'course-missing', about };
    fingerprints.push(fingerprint(cause));
    await database.query(
      `insert into console.failures (id, system, service, queue, message, body, headers, event_type, subject, code,
         revision, origin, trace_id, kind, cause, about, reason, cure, fingerprint, attempts, deaths, first_seen, last_seen,
         state, told_on, notes)
       select 'bench-' || $1::text || '-' || n || '/course-enroller.' || $2::text, $2, 'course-enroller', 'course-enroller.' || $2,
         '{"type":"itk.user.provisioned.v1","contentType":"application/cloudevents+json"}', convert_to('{"data":{}}', 'UTF8'),
         '{}', 'itk.user.provisioned.v1', lpad(s.code::text, ${digits}, '0'), lpad(s.code::text, ${digits}, '0'),
         1790000024000, 'onec', null, 'course', 'course-missing', $1,
         jsonb_build_object('ru', 'В Moodle нет курса ' || $1, 'en', 'There is no course ' || $1 || ' in Moodle'),
         jsonb_build_object('ru', 'Создайте курс и повторите', 'en', 'Make the course, then replay'), $3,
         jsonb_build_array(jsonb_build_object('at', now(), 'kind', 'course', 'cause', 'course-missing', 'about', $1,
           'ru', 'нет курса', 'en', 'no course')), '["x"]', now() - n * interval '17 minutes', now() - n * interval '13 minutes',
         'open', 'no', '[]'
       from generate_series(1, $4::int) n
       cross join lateral (select 2 * (n * ${causes} + $5::int) % 10000 + ($5::int % 2) + 2 as code) s`,
      [about, system, fingerprints[index], Math.ceil(count / causes), index],
    );
  }
  const { rows } = await database.query<{ id: string }>('select id from console.failures order by id limit 200');
  return { ids: rows.map(({ id }) => id), fingerprints };
}

/** One that was stopped at once. */
async function sowReplay(database: pg.Pool): Promise<string> {
  const id = randomUUID();
  await database.query(
    `insert into console.replays (id, "by", what, batch_size, try_first, tried, state, created_at, ended_at)
     values ($1, 'bench', '{}', 100, false, false, 'stopped', now(), now())`,
    [id],
  );
  await database.query(
    `insert into console.replay_items (replay, failure, position, state)
     select $1, id, row_number() over (order by id), 'stopped' from console.failures`,
    [id],
  );
  return id;
}

/** A month of events, open failures of 300 causes, and somebody who looks at them. Written past the console. */
export async function sow(
  database: pg.Pool,
  size: { journal: number; failures: number },
  progress: (text: string) => void,
): Promise<Sown> {
  await sowJournal(database, size.journal, progress);
  const { ids, fingerprints } = await sowFailures(database, size.failures);
  const replay = await sowReplay(database);
  await database.query('vacuum analyze console.journal, console.failures, console.known, console.replay_items');
  const { rows } = await database.query<{ code: string }>(
    'select distinct code from console.failures order by code limit 200',
  );
  return {
    session: await signIn(database),
    codes: rows.map(({ code }) => code),
    groups: Array.from({ length: 50 }, (_, index) => `М3О-${index * 7}Б-24`),
    failures: ids,
    fingerprints,
    replay,
  };
}
