import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

export const client = { id: 'itk-console', secret: 'тайна:клиента' };

const seconds = () => Math.floor(Date.now() / 1_000);

/** An identity provider whose faults a test chooses; whoever is led to it is signed in at once. */
export class StandInProvider {
  url!: string;
  /** Of whoever signs in, by the userinfo endpoint. */
  person: Record<string, unknown> = {};
  /** Of the ID token besides its own. */
  inToken: Record<string, unknown> = {};
  /** `away`: 503 everywhere; `silent`: no answer; `stranger`: signs by a key that nobody knows. */
  fault: 'away' | 'silent' | 'stranger' | 'denies' | undefined;
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  private readonly codes = new Map<string, URLSearchParams>();
  private server!: Server;
  private key!: CryptoKey;
  private stranger!: CryptoKey;
  private keys!: unknown;

  async open(): Promise<this> {
    const own = await generateKeyPair('RS256', { extractable: true });
    this.key = own.privateKey;
    this.stranger = (await generateKeyPair('RS256')).privateKey;
    this.keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
    this.server = createServer((request, response) => void this.answer(request, response));
    await this.listen(0);
    return this;
  }

  /** Again, after it was closed, at the address that it had. */
  async listen(port = Number(new URL(this.url).port)): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.person = {};
    this.inToken = {};
    this.fault = undefined;
    this.asked.length = 0;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, this.url);
    this.asked.push(pathname);
    if (this.fault === 'silent') return;
    if (this.fault === 'away') return void response.writeHead(503).end('Service Unavailable');
    const json = (body: unknown, status = 200): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/.well-known/openid-configuration') return json(this.offers());
    if (pathname === '/jwks') return json(this.keys);
    if (pathname === '/userinfo') return json({ sub: 'person-1', ...this.person });
    if (pathname === '/authorize') {
      const back = new URL(searchParams.get('redirect_uri')!);
      back.searchParams.set('state', searchParams.get('state')!);
      if (this.fault === 'denies') back.searchParams.set('error', 'access_denied');
      else {
        const code = randomUUID();
        this.codes.set(code, searchParams);
        back.searchParams.set('code', code);
      }
      return void response.writeHead(303, { location: back.href }).end();
    }
    if (pathname === '/token') {
      let body = '';
      for await (const part of request) body += String(part);
      const token = await this.token(request, new URLSearchParams(body));
      return token ? json(token) : json({ error: 'invalid_grant', error_description: 'Петров П. П.' }, 400);
    }
    response.writeHead(404).end();
  }

  private offers() {
    const { url } = this;
    return {
      ...{ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` },
      ...{ jwks_uri: `${url}/jwks`, userinfo_endpoint: `${url}/userinfo`, end_session_endpoint: `${url}/end` },
      ...{ response_types_supported: ['code'], id_token_signing_alg_values_supported: ['RS256'] },
      ...{ code_challenge_methods_supported: ['S256'], subject_types_supported: ['public'] },
    };
  }

  private async token({ headers }: IncomingMessage, form: URLSearchParams) {
    const asked = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const [, encoded = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
    const credentials = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      asked?.get('code_challenge') === challenge &&
      asked.get('code_challenge_method') === 'S256' &&
      asked.get('redirect_uri') === form.get('redirect_uri') &&
      credentials.join() === [client.id, client.secret].join();
    if (!fits) return undefined;
    const payload = { sub: 'person-1', nonce: asked.get('nonce'), iss: this.url, aud: client.id };
    const times = { iat: seconds(), exp: seconds() + 300 };
    const idToken = await new SignJWT({ ...payload, ...times, ...this.inToken })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(this.fault === 'stranger' ? this.stranger : this.key);
    return { access_token: 'access', token_type: 'Bearer', expires_in: 300, id_token: idToken };
  }
}
