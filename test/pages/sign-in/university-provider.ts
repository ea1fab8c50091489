import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What of `oidc-provider` is used here: it comes without types. */
interface Library {
  default: new (issuer: string, configuration: object) => { callback(): RequestListener };
}

export const client = { id: 'itk-console', secret: 'a secret of the test' };

/** An identity provider that others have written (`oidc-provider`), with its own pages of sign-in and sign-out. */
export class UniversityProvider {
  url!: string;
  /** By login: groups of whoever signs in. */
  readonly groups = new Map<string, string[]>();
  private server!: Server;
  private answer: RequestListener = () => undefined;

  async listen(): Promise<this> {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** @param console its address */
  async know(console: string): Promise<void> {
    const { default: Provider } = (await import('oidc-provider' as string)) as Library;
    const findAccount = (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({
        ...{ sub: `subject of ${id}`, preferred_username: id, groups: this.groups.get(id) ?? [] },
        ...{ family_name: 'Петров', given_name: 'Степан', middle_name: 'Викторович' },
      }),
    });
    this.answer = new Provider(this.url, {
      clients: [
        {
          ...{ client_id: client.id, client_secret: client.secret, token_endpoint_auth_method: 'client_secret_post' },
          redirect_uris: [`${console}/api/openid/callback`],
          post_logout_redirect_uris: [`${console}/`],
        },
      ],
      findAccount,
      claims: {
        openid: ['sub'],
        profile: ['preferred_username', 'family_name', 'given_name', 'middle_name', 'groups'],
      },
      pkce: { required: () => true },
      cookies: { keys: ['of the test'] },
    }).callback();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
