// A login with OpenID Connect (`auth-provider: oidc` of a kubeconfig): the id-token while it is good, then a new one for the
// refresh token, kept in the kubeconfig as kubectl keeps it.
// Written here and not taken from a client library: the one at hand knows neither the provider's own certificates nor the
// client's secret, forgets a refresh token that stays the same, and keeps nothing in the file.
import http from 'node:http';
import https from 'node:https';
import { onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import type { PlainMap } from '../../domain/yaml/plain.ts';
import { withDeadline } from './deadline.ts';
import { type Environment, textOf } from './kubeconfig-files.ts';
import { type LoginTokens, readLogin, type UserEntry, writeLogin } from './login-file.ts';
import { pem } from './pem.ts';
import { findProxy } from './proxy.ts';
import { makeProxyAgent } from './proxy-agent.ts';

export interface OidcDeps {
  readonly clock: Clock;
  readonly env: Environment;
  /** Where the login stands; undefined: new tokens are for this connection alone. */
  readonly entry: UserEntry | undefined;
  readonly signal: AbortSignal;
}

export interface IdToken {
  readonly token: string;
  /** Wall time in ms. */
  readonly endsAtMs: number;
}

/** A token this close to its end is not sent any more. */
const earlyMs = 10_000;
const requestMs = 30_000;

export class OidcLogin {
  readonly #config: PlainMap;
  readonly #deps: OidcDeps;
  #tokens: LoginTokens;

  constructor(config: PlainMap, deps: OidcDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#tokens = { idToken: textOf(config, 'id-token'), refreshToken: textOf(config, 'refresh-token') };
  }

  get canRefresh(): boolean {
    return this.#tokens.refreshToken !== '';
  }

  /** `isRefused`: the server did not take the one given last. Rejects with `oidc: ...`. */
  async token(isRefused: boolean): Promise<IdToken> {
    const refused = isRefused ? this.#tokens.idToken : undefined;
    if (!this.#isGood(refused)) await this.#takeFromFile();
    if (!this.#isGood(refused)) await this.#refresh();
    const { idToken } = this.#tokens;
    return { token: idToken, endsAtMs: endOfToken(idToken) };
  }

  #isGood(refused: string | undefined): boolean {
    const { idToken } = this.#tokens;
    return idToken !== '' && idToken !== refused && this.#deps.clock.now() + earlyMs < endOfToken(idToken);
  }

  /** Somebody else may have refreshed it. */
  async #takeFromFile(): Promise<void> {
    const { entry } = this.#deps;
    const found = entry && (await readLogin(entry).catch(() => undefined));
    if (found && found.idToken !== '') this.#tokens = found;
  }

  async #refresh(): Promise<void> {
    const before = this.#tokens;
    const words = before.idToken === '' ? 'there is no id-token' : 'the id-token has expired';
    if (!this.canRefresh) throw new Error(`oidc: ${words} and cannot be refreshed; log in again`);
    const provider = new Provider(this.#config, this.#deps);
    const { id_token: idToken, refresh_token: refreshToken } = await provider.refresh(before.refreshToken);
    if (!idToken)
      throw new Error('oidc: the provider gave no id-token; the scope openid may have been missing at the login');
    this.#tokens = { idToken, refreshToken: refreshToken || before.refreshToken };
    const { entry } = this.#deps;
    if (!entry) return;
    await writeLogin(entry, { before, after: this.#tokens }, this.#deps).catch(error => {
      throw new Error(`oidc: the new tokens could not be kept in ${entry.file}: ${(error as Error).message}`, {
        cause: error,
      });
    });
  }
}

/** `exp` of a token, in ms since 1970; 0 for one that does not say. */
export function endOfToken(token: string): number {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      readonly exp?: unknown;
    };
    return typeof claims.exp === 'number' ? claims.exp * 1000 : 0;
  } catch {
    return 0;
  }
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | undefined>>;
}

/** Who gives the tokens. */
class Provider {
  readonly #config: PlainMap;
  readonly #deps: OidcDeps;

  constructor(config: PlainMap, deps: OidcDeps) {
    this.#config = config;
    this.#deps = deps;
  }

  async refresh(refreshToken: string): Promise<Answer['body']> {
    const issuer = textOf(this.#config, 'idp-issuer-url').replace(/\/$/, '');
    const about = await this.#ask('GET', `${issuer}/.well-known/openid-configuration`);
    const { token_endpoint: endpoint = '' } = about.body;
    if (about.status !== 200 || endpoint === '')
      throw new Error(`oidc: ${issuer} does not say where tokens are refreshed (${about.status})`);
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const client = {
      client_id: textOf(this.#config, 'client-id'),
      client_secret: textOf(this.#config, 'client-secret'),
    };
    // Providers differ in where they want to be told who asks; the standard's way goes first.
    const pair = `${encodeURIComponent(client.client_id)}:${encodeURIComponent(client.client_secret)}`;
    const basic = { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
    const first = await this.#ask('POST', endpoint, new URLSearchParams(grant), basic);
    if (first.status === 200) return first.body;
    const { client_secret: secret, ...known } = client;
    const told = { ...grant, ...known, ...(secret === '' ? {} : { client_secret: secret }) };
    const second = await this.#ask('POST', endpoint, new URLSearchParams(told));
    if (second.status === 200) return second.body;
    const { error_description: description, error } = second.body;
    throw new Error(
      `oidc: failed to refresh the token: ${description || error || `${endpoint} answered ${second.status}`}; log in again`,
    );
  }

  #ask(
    method: 'GET' | 'POST',
    address: string,
    form?: URLSearchParams,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { clock, signal } = this.#deps;
    if (!URL.canParse(address)) throw new Error(`oidc: ${JSON.stringify(address)} is no address`);
    const url = new URL(address);
    const options = { signal, timeoutMs: requestMs };
    return withDeadline(clock, `${method} ${url.origin}${url.pathname}`, options, async inTime => {
      const agent = await this.#agent(url);
      const type = form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {};
      const call = { method, agent, headers: { Accept: 'application/json', ...type, ...headers } };
      return read(url, call, { body: form?.toString(), signal: inTime }).finally(() => agent.destroy());
    });
  }

  async #agent(url: URL): Promise<http.Agent> {
    const ca = await pem(this.#config, 'idp-certificate-authority');
    const options: https.AgentOptions = ca ? { ca } : {};
    const isSecure = url.protocol === 'https:';
    const proxy = findProxy(url, {}, this.#deps.env);
    if (proxy) return makeProxyAgent(proxy, isSecure, options);
    return isSecure ? new https.Agent(options) : new http.Agent(options);
  }
}

function read(
  url: URL,
  call: https.RequestOptions,
  { body, signal }: { readonly body: string | undefined; readonly signal: AbortSignal },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const made = request(url, call, response => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: fieldsOf(text) }));
      response.on('error', reject);
    });
    const stopping = onAbort(signal, reason => made.destroy(reason as Error));
    made.on('close', () => stopping.dispose());
    made.on('error', error => reject(new Error(`oidc: ${url.origin}: ${error.message}`, { cause: error })));
    made.end(body);
  });
}

function fieldsOf(text: string): Answer['body'] {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Answer['body']) : {};
  } catch {
    return {};
  }
}
