import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Crashed } from './shell/crashed.js';
import { NotFound } from './shell/not-found.js';
import { Root } from './shell/root.js';

const root = createRootRoute();

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./sign-in/welcome.js'), 'WelcomePage'),
});

/** Everything that is for those who are signed in. */
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Root });

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('./overview/page.js'), 'OverviewPage'),
});

const users = createRoute({
  getParentRoute: () => inside,
  path: '/users',
  component: lazyRouteComponent(() => import('./users/page.js'), 'UsersPage'),
});

const elsewhere = createRoute({ getParentRoute: () => inside, path: '$', component: NotFound });

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([welcome, inside.addChildren([overview, users, elsewhere])]),
    defaultErrorComponent: Crashed,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
