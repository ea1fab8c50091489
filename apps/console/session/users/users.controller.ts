import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { Audit } from '../../audit/audit.js';
import { addressFor, ORIGIN, type Origin } from '../../http/origin.js';
import { numberSchema } from '../../http/schemas.js';
import type { UserRow } from '../../ledger/entities/sign-in/users.js';
import { Permit } from '../../permissions/permit.js';
import { linkFor } from '../link.js';
import {
  linkSchema,
  loginSchema,
  newUserSchema,
  userChangeSchema,
  userSchema,
  usersSchema,
  whySchema,
} from '../schemas.js';
import { Sessions, type Session } from '../sessions.js';
import { LastAdministratorError, OpenIdUserError, Users, type Invitation } from './users.js';
import { Who } from '../who.js';

const told = ({ passwordHash, openIdIssuer: _, openIdSubject, ...user }: UserRow): z.input<typeof userSchema> => ({
  ...user,
  hasPassword: passwordHash !== null,
  openId: openIdSubject !== null,
});

/** What cannot be done to this user, in words. */
function refusalOf(error: unknown): unknown {
  if (error instanceof LastAdministratorError)
    return problems.refused(
      both(
        'Это последний администратор: сначала назначьте другого',
        'This is the last administrator: make another one first',
      ),
    );
  if (error instanceof OpenIdUserError)
    return problems.refused(
      both(
        'Имя, роли и вход этого пользователя ведёт провайдер входа: измените их там',
        "Name, roles and sign-in of this user are the identity provider's: change them there",
      ),
    );
  return error;
}

const noSuchUser = (login: string) => problems.notFound(both(`Пользователя ${login} нет`, `There is no user ${login}`));

@Controller('api/users')
export class UsersController {
  constructor(
    @Inject(Users) private readonly users: Users,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(ORIGIN) private readonly origin: Origin,
  ) {}

  @Get()
  @Permit('users.manage')
  @Answers('Everybody who may sign in', usersSchema)
  async listUsers() {
    return { users: (await this.users.list()).map(told) };
  }

  @Post()
  @Permit('users.manage')
  @Answers('Add somebody; the answer is a link by which they set their password', linkSchema, 201)
  async addUser(
    @Body({ schema: newUserSchema }) { reason, ...user }: z.infer<typeof newUserSchema>,
    @Who() { login: by }: Session,
    @Req() request: Request,
  ) {
    const fields = ['login', 'name', 'grants'];
    return this.audit.of({ by, action: 'user.add', about: user.login, reason, fields }, async () => {
      if (!(await this.users.add(user)))
        throw problems.refused(both(`Имя ${user.login} занято`, `The login ${user.login} is taken`));
      return this.link(request, await this.users.invite(user.login));
    });
  }

  @Patch(':login')
  @Permit('users.manage')
  @Answers("Change somebody's name or roles, or keep them out", userSchema)
  async changeUser(
    @Param('login', { schema: loginSchema }) login: string,
    @Body({ schema: userChangeSchema }) { reason, ...change }: z.infer<typeof userChangeSchema>,
    @Who() { login: by }: Session,
  ) {
    const fields = Object.keys(change);
    return this.audit.of({ by, action: 'user.change', about: login, reason, fields }, async () => {
      try {
        const user = await this.users.change(login, change);
        if (!user) throw noSuchUser(login);
        return told(user);
      } catch (error) {
        throw refusalOf(error);
      }
    });
  }

  @Post(':login/link')
  @Permit('users.manage')
  @Answers('A new link by which somebody sets a password; the old password holds until it is used', linkSchema)
  async inviteUser(
    @Param('login', { schema: loginSchema }) login: string,
    @Body({ schema: whySchema }) { reason }: z.infer<typeof whySchema>,
    @Who() { login: by }: Session,
    @Req() request: Request,
  ) {
    return this.audit.of({ by, action: 'user.link', about: login, reason }, async () => {
      const user = await this.users.find(login);
      if (!user) throw noSuchUser(login);
      if (user.disabled)
        throw problems.refused(both(`Пользователь ${login} отключён`, `The user ${login} is disabled`));
      try {
        return this.link(request, await this.users.invite(login));
      } catch (error) {
        throw refusalOf(error);
      }
    });
  }

  @Delete(':login/sessions')
  @Permit('users.manage')
  @Answers('Sign somebody out everywhere', numberSchema)
  async signOutUser(@Param('login', { schema: loginSchema }) login: string, @Who() { login: by }: Session) {
    const number = await this.audit.of(
      { by, action: 'user.sign-out', about: login },
      () => this.sessions.endAll(login),
      (ended) => ended,
    );
    return { number };
  }

  private link(request: Request, { token, expiresAt }: Invitation): z.input<typeof linkSchema> {
    return { link: linkFor(addressFor(request, this.origin), token), expiresAt };
  }
}
