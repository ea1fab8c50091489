import type { AddressInfo } from 'node:net';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { log } from '#platform';
import { ORIGIN, type Origin } from '../../http/origin.js';
import { linkFor } from '../link.js';
import { Users } from './users.js';

/**
 * Where nobody may sign in yet, each start says a link by which the first administrator does. Whoever can read the
 * service's log runs the service; the link is good for a day, and once.
 */
@Injectable()
export class FirstAdministrator implements OnApplicationBootstrap {
  private readonly logger = log('Users');

  constructor(
    @Inject(Users) private readonly users: Users,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(ORIGIN) private readonly origin: Origin,
  ) {}

  onApplicationBootstrap(): void {
    this.host.listen$.subscribe(() => {
      this.invite().catch((error: unknown) =>
        this.logger.error('the first administrator could not be invited', { error }),
      );
    });
  }

  private async invite(): Promise<void> {
    if (!(await this.users.none())) return;
    const { port } = (this.host.httpAdapter.getHttpServer() as { address(): AddressInfo }).address();
    const { token, expiresAt } = await this.users.invite(null);
    const link = linkFor(this.origin.publicUrl ?? `http://localhost:${port}`, token);
    this.logger.warn('nobody may sign in yet: whoever opens this link becomes the first administrator', {
      link,
      until: expiresAt,
    });
  }
}
