import { createParamDecorator, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Request, Response } from 'express';
import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { challengeFor, DoorKeyError, problems, tokenFaultOf, verifyDoorToken, type Bearer } from '#http-api';
import { CONFIGURATION, log, readSecretText, SecretError, type Configuration } from '#platform';
import { mayRole, Permit } from './permissions.js';
import { reachFor, type Reach } from './guard/reach.js';
import type { Asked } from './guard/touched.js';

/** Nest injection token: the path of the file with the public keys. */
export const KEYS_FILE = Symbol('KEYS_FILE');

const logger = log('Desk');
const seen = new WeakMap<object, { bearer: Bearer; within: Reach['within'] }>();
const requestOf = (context: ExecutionContext): Request => context.switchToHttp().getRequest<Request>();

/** Before every route: is the console's token good for this request, and may whoever it names? */
@Injectable()
export class DeskGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(KEYS_FILE) private readonly keysFile: string,
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const [, token] = /^Bearer ([\w.-]{1,8000})$/.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw problems.signIn();
    const bearer = await this.verified(token, request, context.switchToHttp().getResponse<Response>());
    const wanted = this.reflector.get(Permit, context.getHandler());
    if (wanted === undefined) throw problems.notPermitted();
    const { systems } = this.configuration;
    const { grants, within } = await reachFor(bearer.grants, wanted, askedBy(request), this.dataSource, systems);
    if (!grants.some(({ role }) => mayRole(role, wanted))) throw problems.notPermitted();
    // What a role may in other systems is no right of this request.
    seen.set(request, { bearer: { ...bearer, grants }, within });
    return true;
  }

  private async verified(token: string, { method, originalUrl: target }: Request, response: Response): Promise<Bearer> {
    // Read anew: keys are changed while the service runs.
    try {
      const keys = readSecretText(this.keysFile);
      return await verifyDoorToken(keys, 'onec-component', token, { method, target });
    } catch (error) {
      if (error instanceof DoorKeyError || error instanceof SecretError) {
        logger.error('the keys of the door will not do: see onecComponent.desk.keysFile', { error });
        response.set('WWW-Authenticate', challengeFor('no-keys'));
        throw problems.away(
          both(
            'Ключи двери не годятся: проверьте onecComponent.desk.keysFile',
            'The keys of the door will not do: see onecComponent.desk.keysFile',
          ),
        );
      }
      const { code, message } = error as { code?: string; message: string };
      // Of jose's own errors the code alone: their text may quote a claim.
      logger.warn('a token is not taken', { why: code ?? (error instanceof Error ? message.slice(0, 80) : '') });
      response.set('WWW-Authenticate', challengeFor(tokenFaultOf(error)));
      throw problems.signIn();
    }
  }
}

/** The path is decoded once, as the router does; what it cannot decode never comes so far. */
const askedBy = ({ method, path, query, body }: Request): Asked => ({
  ...{ method, query, body: body as unknown },
  path: path
    .replace(/^\/api\/desk\//i, '')
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent),
});

function seenIn(context: ExecutionContext) {
  const found = seen.get(requestOf(context));
  if (!found) throw new Error('the guard has not seen this request');
  return found;
}

/** Parameter: who sent the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Bearer => seenIn(context).bearer);

/** Parameter: codes of the ELS beyond which this list shows its sender nothing; undefined: no such bound. */
export const Within = createParamDecorator(
  (_: unknown, context: ExecutionContext): Reach['within'] => seenIn(context).within,
);
