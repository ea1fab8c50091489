import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { AnswersElsewhere, Problem } from '#http-api';
import { log } from '#platform';
import { addressFor, ORIGIN, type Origin } from '../../http/origin.js';
import { Permit } from '../../permissions/permit.js';
import { browserIn, giveBrowser, giveToken, tokenIn } from '../cookie.js';
import { Sessions } from '../sessions.js';
import { makeToken } from '../token.js';
import { addressOf, Tries } from '../tries.js';
import { OpenId } from './openid.js';
import { ownPath } from './own-path.js';
import { pendingMinutes } from './pending.js';
import { finishQuery, startQuery } from './schemas.js';
import { SignInError, type SignInTrouble } from './troubles.js';

const logger = log('OpenId');

/** A browser that is led here and away again: what goes wrong is told by a page, not by an answer. */
@Controller('api/openid')
export class OpenIdController {
  constructor(
    @Inject(OpenId) private readonly openId: OpenId,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Tries) private readonly tries: Tries,
    @Inject(ORIGIN) private readonly origin: Origin,
  ) {}

  @Get('start')
  @Permit('anybody')
  @AnswersElsewhere("Sign in by the university's identity provider")
  async startSignIn(
    @Query({ schema: startQuery }) { to }: z.infer<typeof startQuery>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const back = ownPath(to);
    try {
      await this.tries.count(addressOf(request));
      const browser = browserIn(request, this.origin) ?? makeToken();
      const address = await this.openId.begin({ browser, to: back, redirectUri: this.callback(request) });
      giveBrowser(response, browser, this.origin, pendingMinutes * 60_000);
      response.redirect(303, address);
    } catch (error) {
      response.redirect(303, troublePage(troubleOf(error), back));
    }
  }

  @Get('callback')
  @Permit('anybody')
  @AnswersElsewhere('Where the identity provider leads back to')
  async finishSignIn(
    @Query({ schema: finishQuery }) { state }: z.infer<typeof finishQuery>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    let back = '/';
    try {
      const pending = await this.openId.take(state, browserIn(request, this.origin));
      back = pending.to;
      const { search } = new URL(request.originalUrl, 'http://own.invalid');
      const { login, idToken } = await this.openId.finish(new URL(`${this.callback(request)}${search}`), pending);
      // The session that this browser had is another's, it may be.
      const before = tokenIn(request, this.origin);
      if (before !== undefined) await this.sessions.end(before);
      giveToken(response, await this.sessions.begin(login, idToken), this.origin);
      response.redirect(303, back);
    } catch (error) {
      response.redirect(303, troublePage(troubleOf(error), back));
    }
  }

  private callback(request: Request): string {
    return `${addressFor(request, this.origin)}/api/openid/callback`;
  }
}

const troublePage = (trouble: SignInTrouble, to: string): string =>
  `/sign-in?${new URLSearchParams({ trouble, ...(to !== '/' && { to }) }).toString()}`;

function troubleOf(error: unknown): SignInTrouble {
  if (error instanceof Problem && error.told.name === 'too-many') return 'too-many';
  if (!(error instanceof SignInError)) throw error;
  logger.warn('nobody was signed in by the identity provider', { trouble: error.trouble, why: error.why });
  return error.trouble;
}
