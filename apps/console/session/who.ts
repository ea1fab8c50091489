import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Session } from './sessions.js';

/** What the guard has found out of a request. */
export interface Known {
  session?: Session | undefined;
  token?: string | undefined;
}

const known = new WeakMap<object, Known>();

export const know = (request: Request, what: Known): void => void known.set(request, what);
export const knownOf = (request: Request): Known => known.get(request) ?? {};

const requestOf = (context: ExecutionContext): Request => context.switchToHttp().getRequest<Request>();

/** Parameter: who is signed in. Only on routes that are closed to others. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const { session } = knownOf(requestOf(context));
  if (!session) throw new Error('this route is open to anybody: there may be nobody');
  return session;
});

/** Parameter: what is known of who asks; both absent: nobody is signed in. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Known =>
  knownOf(requestOf(context)),
);
