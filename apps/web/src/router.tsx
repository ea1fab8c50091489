import type { AuditSearch } from './audit/page.js';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readDocumentsSearch } from './desk/documents/search.js';
import { readFormSearch } from './desk/form/search.js';
import { readListSearch, readOfSystem } from './desk/parts/search.js';
import { readPeopleSearch } from './desk/students/search.js';
import { readRowsSearch } from './desk/synchronization/search.js';
import { readFailuresSearch } from './failures/search.js';
import { changeStates, type FileSearch } from './ims/api.js';
import { readJournalSearch } from './journal/api.js';
import { oneOf, present, text } from './parts/table/search.js';
import { itemStates } from './replays/api.js';
import { Crashed } from './shell/crashed.js';
import { PageIsComing } from './shell/page-is-coming.js';
import { NotFound } from './shell/not-found.js';
import { Root } from './shell/root.js';
import { signInTroubles } from './sign-in/troubles.js';
import type { StudentsSearch } from './students/api.js';

const root = createRootRoute();

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./sign-in/welcome.js'), 'WelcomePage'),
});

const ledBack = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>) =>
    present({ trouble: oneOf(raw, 'trouble', signInTroubles), to: text(raw, 'to') }),
  component: lazyRouteComponent(() => import('./sign-in/led-back.js'), 'LedBackPage'),
});
const signedIn = createRoute({
  getParentRoute: () => root,
  path: '/signed-in',
  component: lazyRouteComponent(() => import('./sign-in/led-back.js'), 'SignedInPage'),
});

/** Everything that is for those who are signed in. */
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Root });
const parent = { getParentRoute: () => inside };

const pages = [
  createRoute({
    ...parent,
    path: '/',
    component: lazyRouteComponent(() => import('./overview/page.js'), 'OverviewPage'),
  }),
  createRoute({
    ...parent,
    path: '/failures',
    validateSearch: readFailuresSearch,
    component: lazyRouteComponent(() => import('./failures/page.js'), 'FailuresPage'),
  }),
  createRoute({
    ...parent,
    path: '/failures/group/$group',
    validateSearch: (raw: Record<string, unknown>): { after?: string | undefined } =>
      present({ after: typeof raw.after === 'string' ? raw.after : undefined }),
    component: lazyRouteComponent(() => import('./failures/group/page.js'), 'GroupPage'),
  }),
  createRoute({
    ...parent,
    path: '/failures/one',
    validateSearch: (raw: Record<string, unknown>) => ({ id: typeof raw.id === 'string' ? raw.id : '' }),
    component: lazyRouteComponent(() => import('./failures/one/page.js'), 'FailurePage'),
  }),
  createRoute({
    ...parent,
    path: '/replays',
    validateSearch: (raw: Record<string, unknown>): { before?: string | undefined } =>
      present({ before: text(raw, 'before') }),
    component: lazyRouteComponent(() => import('./replays/page.js'), 'ReplaysPage'),
  }),
  createRoute({
    ...parent,
    path: '/replays/$id',
    validateSearch: (raw: Record<string, unknown>) =>
      present({
        state: oneOf(raw, 'state', itemStates),
        after: typeof raw.after === 'number' ? raw.after : undefined,
      }),
    component: lazyRouteComponent(() => import('./replays/one.js'), 'ReplayPage'),
  }),
  createRoute({
    ...parent,
    path: '/queues',
    component: lazyRouteComponent(() => import('./queues/page.js'), 'QueuesPage'),
  }),
  createRoute({
    ...parent,
    path: '/queues/$system/$service',
    component: lazyRouteComponent(() => import('./queues/one-page.js'), 'QueuePage'),
  }),
  createRoute({
    ...parent,
    path: '/systems',
    component: lazyRouteComponent(() => import('./systems/page.js'), 'SystemsPage'),
  }),
  createRoute({
    ...parent,
    path: '/systems/$system',
    component: lazyRouteComponent(() => import('./systems/one/page.js'), 'SystemPage'),
  }),
  createRoute({
    ...parent,
    path: '/mapping',
    component: lazyRouteComponent(() => import('./mapping/page.js'), 'MappingPage'),
  }),
  createRoute({
    ...parent,
    path: '/students',
    validateSearch: (raw: Record<string, unknown>): StudentsSearch =>
      present({
        name: text(raw, 'name'),
        code: text(raw, 'code'),
        group: text(raw, 'group'),
        moodleUser: typeof raw.moodleUser === 'number' ? raw.moodleUser : undefined,
        system: text(raw, 'system'),
      }),
    component: lazyRouteComponent(() => import('./students/page.js'), 'StudentsPage'),
  }),
  createRoute({
    ...parent,
    path: '/students/$code',
    component: lazyRouteComponent(() => import('./students/story-page.js'), 'StoryPage'),
  }),
  createRoute({
    ...parent,
    path: '/journal',
    validateSearch: readJournalSearch,
    component: lazyRouteComponent(() => import('./journal/page.js'), 'JournalPage'),
  }),
  createRoute({
    ...parent,
    path: '/files',
    component: lazyRouteComponent(() => import('./ims/page.js'), 'FilesPage'),
  }),
  createRoute({
    ...parent,
    path: '/files/$system/$file',
    validateSearch: (raw: Record<string, unknown>): FileSearch =>
      present({ state: oneOf(raw, 'state', changeStates), after: text(raw, 'after') }),
    component: lazyRouteComponent(() => import('./ims/one.js'), 'FilePage'),
  }),
  createRoute({
    ...parent,
    path: '/notices',
    validateSearch: (raw: Record<string, unknown>): { from?: number | undefined } =>
      present({ from: typeof raw.from === 'number' && raw.from > 0 ? Math.floor(raw.from) : undefined }),
    component: lazyRouteComponent(() => import('./notices/page.js'), 'NoticesPage'),
  }),
  createRoute({
    ...parent,
    path: '/audit',
    validateSearch: (raw: Record<string, unknown>): AuditSearch =>
      present({
        by: text(raw, 'by'),
        about: text(raw, 'about'),
        after: typeof raw.after === 'number' ? raw.after : undefined,
      }),
    component: lazyRouteComponent(() => import('./audit/page.js'), 'AuditPage'),
  }),
  createRoute({
    ...parent,
    path: '/users',
    component: lazyRouteComponent(() => import('./users/page.js'), 'UsersPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/documents',
    validateSearch: readDocumentsSearch,
    component: lazyRouteComponent(() => import('./desk/documents/page.js'), 'DocumentsPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/documents/$id',
    validateSearch: readFormSearch,
    component: lazyRouteComponent(() => import('./desk/form/page.js'), 'BindingDocumentPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/els',
    component: lazyRouteComponent(() => import('./desk/els/page.js'), 'ElsPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/curricula',
    validateSearch: readListSearch,
    component: lazyRouteComponent(() => import('./desk/curricula/page.js'), 'CurriculaPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/groups',
    validateSearch: readListSearch,
    component: lazyRouteComponent(() => import('./desk/groups/page.js'), 'GroupsPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/groups/$code',
    validateSearch: readOfSystem,
    component: lazyRouteComponent(() => import('./desk/groups/one.js'), 'GroupPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/students',
    validateSearch: readPeopleSearch,
    component: lazyRouteComponent(() => import('./desk/students/page.js'), 'PeoplePage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/students/$code',
    validateSearch: readOfSystem,
    component: lazyRouteComponent(() => import('./desk/students/one.js'), 'PersonPage'),
  }),
  createRoute({
    ...parent,
    path: '/desk/synchronization',
    validateSearch: readRowsSearch,
    component: lazyRouteComponent(() => import('./desk/synchronization/page.js'), 'SynchronizationPage'),
  }),
  createRoute({ ...parent, path: '$', component: NotFound }),
] as const;

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([welcome, ledBack, signedIn, inside.addChildren(pages)]),
    defaultErrorComponent: Crashed,
    defaultPendingComponent: PageIsComing,
    defaultPendingMs: 300,
    defaultPendingMinMs: 0,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
