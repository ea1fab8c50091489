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

/** Live for ever. */
const streams = new Set(['/api/live']);
/** They ask other services, which are not there: their time says nothing of the console. */
const asksOthers = new Set(['/api/systems/{system}/removals']);

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
    { route: '/api/journal', how: '', path: (turn) => `/api/journal${query({ system: system(turn) })}` },
    {
      route: '/api/journal',
      how: 'of a student',
      path: (turn) => `/api/journal${query({ system: system(turn), subject: some(sown.codes, turn) })}`,
    },
    { route: '/api/overview', how: '', path: () => '/api/overview' },
    { route: '/api/queues', how: '', path: () => '/api/queues' },
    { route: '/api/replays', how: '', path: () => '/api/replays' },
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

/** Routes that came later are asked as they are, where they need nothing. */
function forgotten(known: readonly Question[], document: string): Question[] {
  const { paths } = JSON.parse(readFileSync(document, 'utf8')) as {
    paths: Record<string, { get?: { parameters?: { name: string; required?: boolean }[] } }>;
  };
  return Object.entries(paths).flatMap(([route, { get }]): Question[] => {
    if (!get || streams.has(route) || asksOthers.has(route) || known.some((question) => question.route === route))
      return [];
    const needs = (get.parameters ?? []).filter(({ required }) => required).map(({ name }) => name);
    if (needs.some((name) => name !== 'system')) return [];
    return [
      {
        route,
        how: '',
        path: (turn) =>
          `${route.replace('{system}', some(systems, turn))}${!route.includes('{') && needs.length > 0 ? query({ system: some(systems, turn) }) : ''}`,
      },
    ];
  });
}
