import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { problems } from '#http-api';
import { ORIGIN, type Origin } from '../http/origin.js';
import { foreign } from '../http/security/same-origin.js';
import { tokenIn } from '../session/cookie.js';
import { Sessions } from '../session/sessions.js';
import { know } from '../session/who.js';
import { Permit } from './permit.js';

/** Before every route: does the request come from our own pages, who asks, and may they? */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ORIGIN) private readonly origin: Origin,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const why = foreign(
      {
        method: request.method,
        host: request.headers.host,
        origin: request.headers.origin,
        site: request.get('sec-fetch-site'),
        type: request.headers['content-type'],
      },
      this.origin,
    );
    if (why) throw problems.foreignOrigin(why);
    const wanted = this.reflector.get(Permit, context.getHandler());
    if (wanted === undefined) throw problems.notPermitted();
    const token = tokenIn(request, this.origin);
    const session = token === undefined ? undefined : await this.sessions.find(token);
    know(request, { session, token });
    if (wanted === 'anybody') return true;
    if (!session) throw problems.signIn();
    if (wanted === 'signed-in') return true;
    const { system } = request.params as { system?: string };
    if (!session.access.may(wanted, system)) throw problems.notPermitted();
    return true;
  }
}
