import { readFileSync } from 'node:fs';
import { systems, type Sown } from './sow.js';

/** A question to one route, always a little different. */
export interface Question {
  /** As the document of the API writes it. */
  route: string;
  /** What is asked for beside the usual. */
  how: string;
  path: (turn: number) => string;
}

/** Live for ever; or another service, or Moodle, which do not run here, would have to be asked. */
const unasked = new Set(['/api/live', '/api/systems/{system}/courses', '/api/systems/{system}/files/{file}']);
const some = <T>(list: readonly T[], turn: number): T => list[turn % list.length]!;
const query = (parameters: Record<string, string | number>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) search.set(name, String(value));
  return `?${search.toString()}`;
};

/** Every route that can be read, and the heavier ways to ask some. Fails for a route that nobody thought of. */
export function questionsOf(sown: Sown, document: string): Question[] {
  const system = (turn: number) => some(systems, turn);
  const known: Question[] = [
    { route: '/api/audit', how: '', path: () => '/api/audit' },
    { route: '/api/examinations', how: '', path: () => '/api/examinations' },
    { route: '/api/failures', how: 'first page', path: () => '/api/failures' },
    {
      route: '/api/failures',
      how: 'of a system',
      path: (turn) => `/api/failures${query({ system: system(turn), limit: 100 })}`,
    },
    {
      route: '/api/failures',
      how: 'of a group',
      path: (turn) => `/api/failures${query({ group: some(sown.fingerprints, turn) })}`,
    },
    {
      route: '/api/failures',
      how: 'of a student',
      path: (turn) => `/api/failures${query({ code: some(sown.codes, turn) })}`,
    },
    {
      route: '/api/failures',
      how: 'by text',
      path: (turn) => `/api/failures${query({ text: `курса ${1000 + (turn % 300)}` })}`,
    },
    { route: '/api/failures/count', how: '', path: () => '/api/failures/count' },
    {
      route: '/api/failures/csv',
      how: 'of a group',
      path: (turn) => `/api/failures/csv${query({ group: some(sown.fingerprints, turn) })}`,
    },
    { route: '/api/failures/groups', how: '', path: () => '/api/failures/groups' },
    {
      route: '/api/failures/one',
      how: '',
      path: (turn) => `/api/failures/one${query({ id: some(sown.failures, turn) })}`,
    },
    {
      route: '/api/failures/edit',
      how: '',
      path: (turn) => `/api/failures/edit${query({ id: some(sown.failures, turn) })}`,
    },
    { route: '/api/journal', how: '', path: (turn) => `/api/journal${query({ system: system(turn) })}` },
    {
      route: '/api/journal',
      how: 'of a student',
      path: (turn) => `/api/journal${query({ system: system(turn), subject: some(sown.codes, turn) })}`,
    },
    { route: '/api/overview', how: '', path: () => '/api/overview' },
    { route: '/api/queues', how: '', path: () => '/api/queues' },
    { route: '/api/replays', how: '', path: () => '/api/replays' },
    { route: '/api/replays/{id}', how: '', path: () => `/api/replays/${sown.replay}` },
    { route: '/api/replays/{id}/items', how: 'of all failures', path: () => `/api/replays/${sown.replay}/items` },
    { route: '/api/session', how: '', path: () => '/api/session' },
    {
      route: '/api/students',
      how: 'by code',
      path: (turn) => `/api/students${query({ code: some(sown.codes, turn) })}`,
    },
    {
      route: '/api/students',
      how: 'by group',
      path: (turn) => `/api/students${query({ group: some(sown.groups, turn) })}`,
    },
    {
      route: '/api/students/story',
      how: '',
      path: (turn) => `/api/students/story${query({ code: some(sown.codes, turn) })}`,
    },
    { route: '/api/systems', how: '', path: () => '/api/systems' },
    { route: '/api/systems/{system}', how: '', path: (turn) => `/api/systems/${system(turn)}` },
    {
      route: '/api/systems/{system}/queues/{service}/history',
      how: '',
      path: (turn) => `/api/systems/${system(turn)}/queues/course-enroller/history`,
    },
    { route: '/api/users', how: '', path: () => '/api/users' },
  ];
  return known.concat(forgotten(known, document));
}

/** Routes that came later are asked as they are: more than a system they may not need. */
function forgotten(known: readonly Question[], document: string): Question[] {
  const { paths } = JSON.parse(readFileSync(document, 'utf8')) as {
    paths: Record<string, { get?: { parameters?: { name: string; required?: boolean }[]; responses: object } }>;
  };
  const routes = Object.keys(paths).filter(
    (route) =>
      paths[route]!.get &&
      !unasked.has(route) &&
      // it leads a browser elsewhere
      !('303' in paths[route]!.get.responses) &&
      !known.some((question) => question.route === route),
  );
  return routes.map((route) => {
    const needs = (paths[route]!.get!.parameters ?? []).filter(({ required, name }) => required && name !== 'system');
    if (needs.length > 0) throw new Error(`${route} is not asked: give it a question in bench/console/routes.ts`);
    return { route, how: '', path: (turn) => route.replace('{system}', some(systems, turn)) };
  });
}
