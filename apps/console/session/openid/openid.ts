import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import type { OpenIdConfiguration } from '#platform';
import type { Audit } from '../../audit/audit.js';
import { identityOf } from './claims.js';
import { OpenIdUsers } from './openid-users.js';
import { PendingSignIns, type Pending } from './pending.js';
import { Provider } from './provider/provider.js';
import { SignInError } from './troubles.js';

/** Sign-in by the university's identity provider, where one is configured. */
export class OpenId {
  private readonly provider: Provider | undefined;
  private readonly pending: PendingSignIns;
  private readonly users: OpenIdUsers;

  constructor(
    dataSource: DataSource,
    private readonly audit: Audit,
    private readonly configuration: OpenIdConfiguration | undefined,
  ) {
    this.provider = configuration && new Provider(configuration);
    this.pending = new PendingSignIns(dataSource);
    this.users = new OpenIdUsers(dataSource);
  }

  /** What stands on its button; null: there is none. */
  get button(): Bilingual | null {
    return this.configuration?.button ?? null;
  }

  /** @returns the provider's address. @throws SignInError */
  async begin({ redirectUri, ...kept }: { browser: string; to: string; redirectUri: string }): Promise<string> {
    const { address, ...secrets } = await this.known().begin(redirectUri);
    await this.pending.keep({ ...secrets, ...kept });
    return address;
  }

  /** A sign-in that was begun in this browser; nobody takes it twice. @throws SignInError */
  async take(state: string | undefined, browser: string | undefined): Promise<Pending> {
    const pending = state && browser ? await this.pending.take(state, browser) : undefined;
    if (!pending) throw new SignInError('expired', 'state');
    return pending;
  }

  /** @throws SignInError */
  async finish(address: URL, pending: Pending): Promise<{ login: string; idToken: string }> {
    const provider = this.known();
    const { claims, idToken } = await provider.finish(address, pending);
    const identity = identityOf(claims, this.configuration!);
    if (!identity) throw new SignInError('no-login');
    const audited = { by: identity.login, action: 'session.openid', about: identity.login };
    const login = await this.audit.of(audited, () => this.users.meet(provider.issuer, identity));
    return { login, idToken };
  }

  /** Undefined: nobody else has to be told. */
  async signOutAddress(idToken: string | null | undefined, backTo: string): Promise<string | undefined> {
    return idToken ? this.provider?.signOutAddress(idToken, backTo) : undefined;
  }

  private known(): Provider {
    if (!this.provider) throw new SignInError('failed', 'console.openid');
    return this.provider;
  }
}
