import type { Setup } from '../setup.js';

/** Everything known of one student in one system, for whoever must find out what went wrong: one line each. */
export async function autopsy(setup: Setup<string>, name: string, code: string): Promise<string> {
  const { id, els } = setup.system(name);
  const { onec, database } = setup.university;
  const expected = onec.expected(els).get(code);
  const place = expected?.kind === 'student' ? `${expected.curriculum}/${expected.semester}` : '';
  const events = (setup.view.journal.get(id) ?? [])
    .filter(({ subject }) => subject === code || subject === place)
    .map(
      ({ time, type, data }) => `${time} ${type} ${JSON.stringify({ ...data, reason: undefined, person: undefined })}`,
    );
  const rows = async (query: string): Promise<string[]> =>
    (await database.query<object>(query, [id, code])).rows.map((row) => JSON.stringify(row));
  return [
    `1C says: ${JSON.stringify(expected)}`,
    ...onec.university.statuses.filter(({ student }) => student === code).map((status) => JSON.stringify(status)),
    ...events,
    ...(await rows('select * from course_enroller.studies where system = $1 and code = $2')),
    ...(await rows('select * from user_provisioner.studies where system = $1 and code = $2')),
    ...(await rows('select * from onec_poller.students where system = $1 and code = $2')),
    ...(await rows('select * from operations.told where system = $1 and code = $2')),
    ...(await rows('select $1 as id, * from onec_component.synchronization where student = $2')),
    ...(await rows('select $1 as id, * from onec_component.offered where student = $2')),
  ].join('\n');
}
