import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { CONFIGURATION, universityZone, type Configuration } from '#platform';
import { Audit } from '../audit/audit.js';
import { addressFor, ORIGIN, type Origin } from '../http/origin.js';
import { Permit } from '../permissions/permit.js';
import { giveToken, takeToken } from './cookie.js';
import {
  acceptSchema,
  changePasswordSchema,
  invitationSchema,
  invitedSchema,
  sessionSchema,
  signedOutEverywhereSchema,
  signedOutSchema,
  signInSchema,
} from './schemas.js';
import { OpenId } from './openid/openid.js';
import { Sessions, type Session } from './sessions.js';
import { addressOf, Tries } from './tries.js';
import { LoginTakenError, Users } from './users/users.js';
import { Caller, Who, type Known } from './who.js';

const userTold = (session: Session | undefined): z.input<typeof sessionSchema>['user'] =>
  session
    ? {
        login: session.login,
        name: session.name,
        openId: session.openId,
        grants: [...session.access.grants],
        permissions: session.access.permissions,
      }
    : null;

const linkIsVoid = () =>
  problems.notFound(both('Ссылка уже использована или устарела', 'The link has been used, or is too old'));

const loginIsTaken = (login: string) => problems.refused(both(`Имя ${login} занято`, `The login ${login} is taken`));

@Controller('api')
export class SessionController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Users) private readonly users: Users,
    @Inject(Tries) private readonly tries: Tries,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(OpenId) private readonly openId: OpenId,
    @Inject(ORIGIN) private readonly origin: Origin,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Get('session')
  @Permit('anybody')
  @Answers('Who is signed in; null when nobody is', sessionSchema)
  readSession(@Caller() { session }: Known) {
    return this.told(session);
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
  @Answers('Sign out', signedOutSchema)
  async signOut(
    @Caller() { token, session }: Known,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    if (token !== undefined) await this.sessions.end(token);
    takeToken(response, this.origin);
    return { to: await this.leadsTo(session, request) };
  }

  @Delete('sessions')
  @Permit('signed-in')
  @Answers('Sign out everywhere', signedOutEverywhereSchema)
  async signOutEverywhere(
    @Who() session: Session,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { login } = session;
    const number = await this.audit.of({ by: login, action: 'session.end-all', about: login }, () =>
      this.sessions.endAll(login),
    );
    takeToken(response, this.origin);
    return { number, to: await this.leadsTo(session, request) };
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
    const accepted = await this.audit
      .of({ by: own, action: 'user.set-password', about: own }, () => this.users.accept(token, password, first))
      .catch((error: unknown) => {
        throw error instanceof LoginTakenError ? loginIsTaken(own) : error;
      });
    if (accepted === undefined) throw linkIsVoid();
    return this.begin(accepted, response);
  }

  private async begin(login: string, response: Response) {
    const token = await this.sessions.begin(login);
    giveToken(response, token, this.origin);
    return this.told(await this.sessions.find(token));
  }

  private told(session: Session | undefined): z.input<typeof sessionSchema> {
    return { user: userTold(session), openId: this.openId.button, zone: universityZone(this.configuration) };
  }

  private async leadsTo(session: Session | undefined, request: Request): Promise<string | null> {
    const back = `${addressFor(request, this.origin)}/`;
    return (await this.openId.signOutAddress(session?.idToken, back)) ?? null;
  }
}
