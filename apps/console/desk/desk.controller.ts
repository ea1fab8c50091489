import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { both } from '#contracts';
import { DoorKeyError, problems, signDoorToken } from '#http-api';
import { CONFIGURATION, readSecretText, SecretError, type Configuration } from '#platform';
import { Audit } from '../audit/audit.js';
import { Permit } from '../permissions/permit.js';
import { Sessions, type Session } from '../session/sessions.js';
import { Caller, type Known } from '../session/who.js';
import { deedOf, type Deed } from './deed.js';
import { passOn } from './door.js';
import { isDeskTarget } from './target.js';

/** Milliseconds: whoever is signed out sees no more of a stream after so long. */
const checkEvery = 15_000;

/** The desk has refused it. */
class NotDone extends Error {}

/**
 * The door to onec-component: whoever is signed in passes with a token of one minute that says who they are, and
 * onec-component itself says what they may. Its routes stand in a document of its own, not in the console's.
 */
@Controller('api/desk')
export class DeskController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @All('*path')
  @Permit('signed-in')
  async pass(@Req() request: Request, @Res() response: Response, @Caller() { session, token }: Known): Promise<void> {
    const { desk } = this.configuration.console;
    if (!desk)
      throw problems.away(
        both(
          'Дверь к onec-component не настроена: задайте console.desk',
          'The door to onec-component is not configured: set console.desk',
        ),
      );
    const target = request.originalUrl;
    if (!isDeskTarget(target))
      throw problems.notFound(both('По этому адресу ничего нет', 'There is nothing at this address'));
    const signed = await this.sign(desk.keyFile, session!, request.method, target);
    const timer = setInterval(() => {
      this.sessions.find(token!, true).then(
        (still) => still ?? response.destroy(),
        () => undefined,
      );
    }, checkEvery);
    try {
      const pass = () => passOn(request, response, { url: desk.url, target, token: signed });
      const deed = deedOf(request.method, target);
      if (deed) await this.audited(session!.login, deed, pass);
      else await pass();
    } finally {
      clearInterval(timer);
    }
  }

  /** Written down before it is done; a refusal has been told already. */
  private async audited(by: string, deed: Deed, pass: () => Promise<number | undefined>): Promise<void> {
    try {
      await this.audit.of({ by, ...deed }, async () => {
        const status = await pass();
        if (status === undefined || status >= 400) throw new NotDone();
      });
    } catch (error) {
      if (!(error instanceof NotDone)) throw error;
    }
  }

  private async sign(keyFile: string, { login, name, access }: Session, method: string, target: string) {
    try {
      const bearer = { login, name, grants: [...access.grants] };
      return await signDoorToken(readSecretText(keyFile), 'onec-component', bearer, { method, target });
    } catch (error) {
      if (!(error instanceof DoorKeyError || error instanceof SecretError)) throw error;
      throw problems.away(
        both(
          'Ключ двери не годится: проверьте console.desk.keyFile',
          'The key of the door will not do: see console.desk.keyFile',
        ),
      );
    }
  }
}
