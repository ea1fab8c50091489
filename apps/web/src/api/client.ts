import createClient, { type Middleware } from 'openapi-fetch';
import { Problem, type ProblemBody } from './problem.js';
import { sessionEnded } from './session.js';
import type { paths as DeskPaths } from './desk-schema.js';
import type { paths } from './schema.js';

const asPage: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return undefined;
    if (response.status === 401) sessionEnded();
    const body = await response.json().catch(() => ({}));
    throw new Problem(response.status, body as ProblemBody, Number(response.headers.get('Retry-After')) || undefined);
  },
};

/** The console's API. Whatever is no success is thrown as a Problem. */
export const api = createClient<paths>({ baseUrl: '/' });
api.use(asPage);

/** What the console passes on to onec-component: the binding desk. */
export const desk = createClient<DeskPaths>({ baseUrl: '/' });
desk.use(asPage);

/** What an answer brings, without its wrapping. */
export async function ask<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
