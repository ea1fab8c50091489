import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, AnswersNothing, problems } from '#http-api';
import { CONFIGURATION, universityZone, type Configuration } from '#platform';
import { Audit } from '../audit/audit.js';
import { ORIGIN, type Origin } from '../http/origin.js';
import { numberSchema } from '../http/schemas.js';
import { Permit } from '../permissions/permit.js';
import { giveToken, takeToken } from './cookie.js';
import {
  acceptSchema,
  changePasswordSchema,
  invitationSchema,
  invitedSchema,
  sessionSchema,
  signInSchema,
} from './schemas.js';
import { Sessions, type Session } from './sessions.js';
import { Tries } from './tries.js';
import { Users } from './users/users.js';
import { Caller, Who, type Known } from './who.js';

const told = (session: Session | undefined, zone: string): z.input<typeof sessionSchema> => ({
  zone,
  user: session
    ? {
        login: session.login,
        name: session.name,
        grants: [...session.access.grants],
        permissions: session.access.permissions,
      }
    : null,
});

const linkIsVoid = () =>
  problems.notFound(both('Ссылка уже использована или устарела', 'The link has been used, or is too old'));

@Controller('api')
export class SessionController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Users) private readonly users: Users,
    @Inject(Tries) private readonly tries: Tries,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ORIGIN) private readonly origin: Origin,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Get('session')
  @Permit('anybody')
  @Answers('Who is signed in; null when nobody is', sessionSchema)
  readSession(@Caller() { session }: Known) {
    return told(session, universityZone(this.configuration));
  }

  @Post('session')
  @Permit('anybody')
  @Answers('Sign in', sessionSchema)
  async signIn(
    @Body({ schema: signInSchema }) { login, password }: z.infer<typeof signInSchema>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.tries.count(addressOf(request), login);
    const user = await this.users.verify(login, password);
    if (!user) throw problems.wrongPassword();
    await this.tries.succeeded(login);
    return this.begin(user.login, response);
  }

  @Delete('session')
  @Permit('anybody')
  @AnswersNothing('Sign out')
  async signOut(@Caller() { token }: Known, @Res({ passthrough: true }) response: Response): Promise<void> {
    if (token !== undefined) await this.sessions.end(token);
    takeToken(response, this.origin);
  }

  @Delete('sessions')
  @Permit('signed-in')
  @Answers('Sign out everywhere', numberSchema)
  async signOutEverywhere(@Who() { login }: Session, @Res({ passthrough: true }) response: Response) {
    const number = await this.audit.of({ by: login, action: 'session.end-all', about: login }, () =>
      this.sessions.endAll(login),
    );
    takeToken(response, this.origin);
    return { number };
  }

  @Post('session/password')
  @Permit('signed-in')
  @Answers('Change the own password; other browsers are signed out', sessionSchema)
  async changePassword(
    @Body({ schema: changePasswordSchema }) { present, password }: z.infer<typeof changePasswordSchema>,
    @Who() { login }: Session,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.tries.count(addressOf(request), login);
    if (!(await this.users.verify(login, present))) throw problems.wrongPassword();
    await this.audit.of({ by: login, action: 'session.change-password', about: login }, () =>
      this.users.setPassword(login, password),
    );
    return this.begin(login, response);
  }

  @Post('invitation')
  @Permit('anybody')
  @Answers('Whom a one-time link is for', invitedSchema)
  async readInvitation(
    @Body({ schema: invitationSchema }) { token }: z.infer<typeof invitationSchema>,
    @Req() request: Request,
  ) {
    await this.tries.count(addressOf(request));
    const invited = await this.users.invited(token);
    if (!invited) throw linkIsVoid();
    return invited;
  }

  @Post('invitation/accept')
  @Permit('anybody')
  @Answers('Use a one-time link: set the password and be signed in', sessionSchema)
  async acceptInvitation(
    @Body({ schema: acceptSchema }) { token, password, login, name }: z.infer<typeof acceptSchema>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.tries.count(addressOf(request));
    const invited = await this.users.invited(token);
    if (!invited) throw linkIsVoid();
    if (invited.login === null && login === undefined)
      throw problems.invalid([{ path: 'login', message: both('Выберите имя для входа', 'Choose a login') }]);
    const first = { login: login ?? '', name: name ?? login ?? '' };
    const own = invited.login ?? first.login;
    const accepted = await this.audit.of({ by: own, action: 'user.set-password', about: own }, () =>
      this.users.accept(token, password, first),
    );
    if (accepted === undefined) throw linkIsVoid();
    return this.begin(accepted, response);
  }

  private async begin(login: string, response: Response) {
    const token = await this.sessions.begin(login);
    giveToken(response, token, this.origin);
    return told(await this.sessions.find(token), universityZone(this.configuration));
  }
}

const addressOf = ({ ip }: Request): string => ip ?? 'unknown';
