import type { Configuration as Discovered } from 'openid-client';
import { log, readSecret, SecretError, Troubles, type OpenIdConfiguration } from '#platform';
import { isIncomplete, type Claims } from '../claims.js';
import { SignInError } from '../troubles.js';
import { codeOf, fetchFromProvider } from './fetching.js';

/** Milliseconds: what is known of the provider is asked for anew, and after a failure not at once. */
const goodFor = 3_600_000;
/** Seconds that it may take to answer. */
const patience = 5;

/** What a sign-in is known by when it comes back. */
export interface Secrets {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Answered {
  claims: Claims;
  idToken: string;
}

/** Loaded when somebody needs it: most consoles have no identity provider. */
const library = () => import('openid-client');

/** The university's identity provider. It is asked for what it offers when somebody signs in, not at the start. */
export class Provider {
  private found?: { config: Discovered; time: number; secret: string | undefined };
  private readonly troubles = new Troubles(log('OpenId'), 'the identity provider cannot be used');

  constructor(private readonly configuration: OpenIdConfiguration) {}

  get issuer(): string {
    return this.configuration.issuer;
  }

  /** Where the browser goes to sign in. @throws SignInError */
  async begin(redirectUri: string): Promise<{ address: string } & Secrets> {
    const client = await library();
    const config = await this.discovered();
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: this.configuration.scopes.join(' '),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...{ state, nonce },
    });
    return { address: address.href, state, nonce, verifier };
  }

  /** What the provider says of whoever comes back with this address. @throws SignInError */
  async finish(address: URL, { state, nonce, verifier }: Secrets): Promise<Answered> {
    const client = await library();
    const config = await this.discovered();
    try {
      const tokens = await client.authorizationCodeGrant(config, address, {
        ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
      });
      const own = tokens.claims()!;
      const { userinfo_endpoint: more } = config.serverMetadata();
      const claims =
        more !== undefined && isIncomplete(own, this.configuration)
          ? { ...(await client.fetchUserInfo(config, tokens.access_token, own.sub)), ...own }
          : own;
      return { claims, idToken: tokens.id_token! };
    } catch (error) {
      throw await signInErrorOf(error);
    }
  }

  /** Where the browser goes to sign out there, too; undefined: the provider offers no such thing, or is away. */
  async signOutAddress(idToken: string, backTo: string): Promise<string | undefined> {
    try {
      const config = await this.discovered();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: backTo };
      return (await library()).buildEndSessionUrl(config, parameters).href;
    } catch {
      // Signed out here is what counts.
      return undefined;
    }
  }

  private async discovered(): Promise<Discovered> {
    const secret = this.secret();
    const { found } = this;
    if (found && found.secret === secret && Date.now() - found.time < goodFor) return found.config;
    try {
      const config = await this.discover(secret);
      this.found = { config, time: Date.now(), secret };
      this.troubles.succeeded();
      return config;
    } catch (error) {
      const told = await signInErrorOf(error);
      this.troubles.failed(new Error(told.why ?? told.trouble));
      // What it offered an hour ago is most likely what it offers now.
      if (found && found.secret === secret && told.trouble === 'away') return found.config;
      throw told;
    }
  }

  /** Read anew each time: a secret is changed while the service runs. */
  private secret(): string | undefined {
    const { clientSecretFile } = this.configuration;
    if (clientSecretFile === undefined) return undefined;
    try {
      return readSecret(clientSecretFile);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      this.troubles.failed(error);
      throw new SignInError('failed', 'console.openid.clientSecretFile');
    }
  }

  private async discover(secret: string | undefined): Promise<Discovered> {
    const client = await library();
    const { issuer, clientId } = this.configuration;
    const server = new URL(issuer);
    const options = {
      [client.customFetch]: fetchFromProvider,
      timeout: patience,
      execute: [
        // The signature as well, though the token comes by a connection of our own.
        client.enableNonRepudiationChecks,
        ...(server.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    };
    const offered = await client.discovery(server, clientId, undefined, client.None(), options);
    if (secret === undefined) return offered;
    const { token_endpoint_auth_methods_supported: ways = ['client_secret_basic'] } = offered.serverMetadata();
    // In the body where it is taken: not everybody decodes a header as RFC 6749 has it encoded.
    const inBody = ways.includes('client_secret_post');
    const authentication = inBody ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret);
    const config = new client.Configuration(offered.serverMetadata(), clientId, undefined, authentication);
    for (const change of options.execute) change(config);
    config[client.customFetch] = fetchFromProvider;
    config.timeout = patience;
    return config;
  }
}

/** Nothing of the provider's words gets into it: they may quote a claim. */
async function signInErrorOf(error: unknown): Promise<SignInError> {
  if (error instanceof SignInError) return error;
  const { AuthorizationResponseError, ResponseBodyError } = await library();
  const { cause } = error as { cause?: unknown };
  if (cause instanceof SignInError) return cause;
  const named = (text: string): string => (/^\w{1,60}$/.test(text) ? text : 'error');
  if (error instanceof AuthorizationResponseError) {
    const away = ['server_error', 'temporarily_unavailable'].includes(error.error);
    return new SignInError(away ? 'away' : 'refused', named(error.error));
  }
  if (error instanceof ResponseBodyError)
    return new SignInError(error.error === 'invalid_grant' ? 'expired' : 'failed', named(error.error));
  const code = codeOf(error);
  return new SignInError(code === 'OAUTH_TIMEOUT' ? 'away' : 'failed', code);
}
