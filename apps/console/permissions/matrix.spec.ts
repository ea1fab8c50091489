import { throwError, type Observable } from 'rxjs';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { Problem, type Route, routesOf } from '#http-api';
import { controllers } from '../http/controllers.js';
import { HttpSetup, type Browser } from '../testing/http-setup.js';
import { mayRole, ofNoSystem, permissions, roles, type Permission } from './matrix.js';

/** The table, by hand: the matrix is held against it. */
const meant: Record<Permission, string> = {
  'systems.names': 'viewer operator administrator ELSCurriculumDeveloper ELSAdministrator',
  'overview.see': 'viewer operator administrator ELSAdministrator',
  'failures.see': 'viewer operator administrator ELSAdministrator',
  'files.see': 'viewer operator administrator ELSAdministrator',
  'names.see': 'operator administrator ELSAdministrator',
  'failures.mend': 'operator administrator ELSAdministrator',
  'systems.steer': 'operator administrator ELSAdministrator',
  'mapping.examine': 'administrator ELSAdministrator',
  'failures.edit': 'administrator',
  'notices.test': 'administrator',
  'users.manage': 'administrator',
  'audit.see': 'administrator',
  'desk.read': 'viewer operator administrator ELSCurriculumDeveloper ELSAdministrator',
  'desk.post': 'ELSCurriculumDeveloper ELSAdministrator',
  'desk.cancel': 'ELSAdministrator',
  'students.read': 'operator administrator ELSCurriculumDeveloper ELSAdministrator',
};

test.each(permissions)('%s is for whom it is meant', (permission) => {
  expect(roles.filter((role) => mayRole(role, permission)).join(' ')).toBe(meant[permission]);
});

const reached = 418;
const setup = new HttpSetup();
beforeAll(async () => {
  // Behind the guard and before the handler: whoever comes so far is let through, and nothing is done.
  await setup.open({
    prepare: (app) =>
      app.useGlobalInterceptors({
        intercept: (context: ExecutionContext, next: CallHandler): Observable<unknown> =>
          context.switchToHttp().getRequest<{ get(name: string): string }>().get('x-only-ask')
            ? throwError(() => new Problem({ name: 'reached', status: reached, title: { ru: '', en: '' } }))
            : next.handle(),
      }),
  });
}, 60_000);
afterAll(() => setup.close());

const parameters: Record<string, string> = {
  system: 'lms',
  login: 'somebody',
  file: '1',
  id: '00000000-0000-4000-8000-000000000000',
};
const routes = routesOf(controllers);
const ask = async (browser: Browser, { method, path }: Route) =>
  (
    await browser.ask(
      path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name]!),
      { method: method.toUpperCase(), headers: { 'x-only-ask': '1' }, ...(method !== 'get' && { body: {} }) },
    )
  ).status;

test('nobody gets where somebody must be signed in', async () => {
  const browser = setup.browser();
  for (const route of routes)
    expect([route.name, await ask(browser, route)]).toEqual([route.name, route.permit === 'anybody' ? reached : 401]);
});

test.each(roles)('%s gets where the matrix says, and nowhere else', async (role) => {
  const browser = await setup.as(role);
  for (const route of routes) {
    const open = route.permit === 'anybody' || route.permit === 'signed-in';
    const may = open || mayRole(role, route.permit as Permission);
    expect([route.name, await ask(browser, route)]).toEqual([route.name, may ? reached : 403]);
  }
});

test.each(roles)('%s of another system gets to no system but that', async (role) => {
  const browser = await setup.as(role, ['lms2']);
  for (const route of routes) {
    const open = route.permit === 'anybody' || route.permit === 'signed-in';
    const elsewhere = route.path.includes('{system}') || ofNoSystem.includes(route.permit as Permission);
    const may = open || (mayRole(role, route.permit as Permission) && !elsewhere);
    expect([route.name, await ask(browser, route)]).toEqual([route.name, may ? reached : 403]);
  }
});
