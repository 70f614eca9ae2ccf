// Who we are to the server: certificates, tokens, and where fresh ones come from when the server refuses the old.
// Does not: speak to the cluster.
import fs from 'node:fs/promises';
import { makeAbortController, orAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { getKey, isMap, type Plain, type PlainMap } from '../../domain/yaml/plain.ts';
import { askPlugin } from './exec-plugin.ts';
import type { KubeSettings } from './kube-settings.ts';
import { type Environment, textOf } from './kubeconfig-files.ts';
import { OidcLogin } from './oidc-login.ts';
import { pem } from './pem.ts';

/** What a request carries. The same object as long as it is good. */
export interface Auth {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** PEM. */
  readonly certificate?: string | Buffer;
  readonly key?: string | Buffer;
}

interface Held {
  readonly auth: Auth;
  /** Wall time in ms; undefined: for as long as the server takes it. */
  readonly goodUntilMs?: number;
}

interface Source {
  /** False: asking again gives the same. */
  readonly canRenew: boolean;
  /** `isRefused`: the server did not take what was given last. */
  ask(isRefused: boolean): Promise<Held>;
}

export interface CredentialsDeps {
  readonly clock: Clock;
  readonly env: Environment;
  /** As ConnectRequest says. */
  readonly onLogin?: ((text: string) => void) | undefined;
}

/** A file with a token is read again after this time, for the kubelet changes it. */
const tokenFileMs = 60_000;
/** Fresh ones are fetched this long before the old ones end, but for those that live so short a time. */
const earlyMs = 10_000;
/** The most of a life that such a margin takes away. */
const earlyShare = 0.1;
/** A person may have to log in on the way. */
const pluginTimeoutMs = 180_000;

export class Credentials implements Disposable {
  readonly #clock: Clock;
  readonly #source: Source;
  readonly #stop = makeAbortController();
  #held: Held | undefined;
  #asking: Promise<Auth> | undefined;

  constructor(settings: KubeSettings, deps: CredentialsDeps) {
    this.#clock = deps.clock;
    this.#source = chooseSource(settings, deps, this.#stop.signal);
  }

  /** What to send now. Rejects with a sentence when there is nothing to be had. */
  current(signal: AbortSignal): Promise<Auth> {
    const held = this.#held;
    const isGood = held && (held.goodUntilMs === undefined || this.#clock.now() < held.goodUntilMs);
    return isGood ? Promise.resolve(held.auth) : this.#ask(false, signal);
  }

  /** Something other than `refused`, which the server did not take; undefined when there is nothing else. */
  async renew(refused: Auth, signal: AbortSignal): Promise<Auth | undefined> {
    // Somebody else may have renewed in the meantime.
    if (this.#held && this.#held.auth !== refused) return this.#held.auth;
    return this.#source.canRenew ? this.#ask(true, signal) : undefined;
  }

  dispose(): void {
    this.#stop.abort(new Error('the connection was closed'));
  }

  /** One question at a time, however many wait for the answer. */
  #ask(isRefused: boolean, signal: AbortSignal): Promise<Auth> {
    this.#asking ??= this.#source
      .ask(isRefused)
      .then(held => {
        this.#held = held;
        return held.auth;
      })
      .finally(() => {
        this.#asking = undefined;
      });
    return orAborted(this.#asking, signal);
  }
}

function chooseSource(settings: KubeSettings, deps: CredentialsDeps, signal: AbortSignal): Source {
  const { user } = settings;
  if (!isSecret(settings)) return openSource(user);
  const exec = getKey(user, 'exec');
  const provider = getKey(user, 'auth-provider');
  if (textOf(user, 'tokenFile') !== '') return tokenFileSource(user, deps.clock);
  if (textOf(user, 'token') !== '') return fixedSource(user, bearer(textOf(user, 'token')));
  if (textOf(user, 'username') !== '') return fixedSource(user, basic(user));
  if (isMap(exec)) return pluginSource(settings, exec, deps, signal);
  if (isMap(provider)) return providerSource(settings, provider, deps, signal);
  return fixedSource(user, {});
}

/** Whether nobody on the way reads what is sent. */
function isSecret({ facts }: KubeSettings): boolean {
  return new URL(facts.server).protocol === 'https:';
}

/** As kubectl has it: without TLS no credentials are sent, nor any program asked for them; only whom to act for. */
function openSource(user: PlainMap): Source {
  return { canRenew: false, ask: async () => ({ auth: { headers: impersonation(user) } }) };
}

/** Until when credentials of `endMs` are used, that came at `nowMs`; both since 1970. */
function goodUntil(endMs: number, nowMs: number): number {
  return endMs - Math.min(earlyMs, Math.max(0, endMs - nowMs) * earlyShare);
}

function bearer(token: string): Auth['headers'] {
  return { Authorization: `Bearer ${token.trim()}` };
}

function basic(user: PlainMap): Auth['headers'] {
  const pair = `${textOf(user, 'username')}:${textOf(user, 'password')}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Files are read anew, for certificates change under the same name. */
function fixedSource(user: PlainMap, headers: Auth['headers']): Source {
  const hasFiles = textOf(user, 'client-certificate') !== '';
  return { canRenew: hasFiles, ask: async () => ({ auth: await withCertificate(user, headers) }) };
}

function tokenFileSource(user: PlainMap, clock: Clock): Source {
  const file = textOf(user, 'tokenFile');
  return {
    canRenew: true,
    async ask() {
      const token = await fs.readFile(file, 'utf8').catch(error => {
        // A token that stands beside the file is for the time that the file is not there.
        if (textOf(user, 'token') !== '') return textOf(user, 'token');
        throw new Error(`getting credentials: ${(error as Error).message}`, { cause: error });
      });
      return { auth: await withCertificate(user, bearer(token)), goodUntilMs: clock.now() + tokenFileMs };
    },
  };
}

function pluginSource(settings: KubeSettings, exec: PlainMap, deps: CredentialsDeps, signal: AbortSignal): Source {
  return {
    canRenew: true,
    async ask() {
      const { env, onLogin } = deps;
      const about = { env, onLogin, cluster: settings.cluster, timeoutMs: pluginTimeoutMs };
      const given = await askPlugin(exec, about, signal);
      const auth = await withCertificate(settings.user, given.token === undefined ? {} : bearer(given.token));
      const { certificate, key, expiresAtMs } = given;
      return {
        auth: certificate && key ? { ...auth, certificate, key } : auth,
        ...(expiresAtMs === undefined ? {} : { goodUntilMs: goodUntil(expiresAtMs, deps.clock.now()) }),
      };
    },
  };
}

/** `auth-provider: oidc`; the others that there once were are programs today. */
function providerSource(
  settings: KubeSettings,
  provider: PlainMap,
  deps: CredentialsDeps,
  signal: AbortSignal,
): Source {
  const name = textOf(provider, 'name');
  if (name !== 'oidc') return { canRenew: false, ask: () => Promise.reject(goneProvider(name)) };
  const config = getKey(provider, 'config');
  const login = new OidcLogin(isMap(config) ? config : {}, { ...deps, entry: settings.userEntry, signal });
  return {
    canRenew: login.canRefresh,
    async ask(isRefused) {
      const { token, endsAtMs } = await login.token(isRefused).catch(error => {
        throw new Error(`getting credentials: ${(error as Error).message}`, { cause: error });
      });
      return { auth: await withCertificate(settings.user, bearer(token)), goodUntilMs: endsAtMs - earlyMs };
    },
  };
}

function goneProvider(name: string): Error {
  const instead: Readonly<Record<string, string>> = {
    gcp: 'use the credential plugin gke-gcloud-auth-plugin instead',
    azure: 'use the credential plugin kubelogin instead',
  };
  return new Error(
    `no Auth Provider found for name ${JSON.stringify(name)}: ${instead[name] ?? 'oidc is the only one'}`,
  );
}

async function withCertificate(user: PlainMap, headers: Auth['headers']): Promise<Auth> {
  const certificate = await pem(user, 'client-certificate');
  const key = await pem(user, 'client-key');
  return {
    headers: { ...headers, ...impersonation(user) },
    ...(certificate && key ? { certificate, key } : {}),
  };
}

function impersonation(user: PlainMap): Record<string, string | readonly string[]> {
  const headers: Record<string, string | readonly string[]> = {};
  if (textOf(user, 'as') !== '') headers['Impersonate-User'] = textOf(user, 'as');
  if (textOf(user, 'as-uid') !== '') headers['Impersonate-Uid'] = textOf(user, 'as-uid');
  const groups = texts(getKey(user, 'as-groups'));
  if (groups.length > 0) headers['Impersonate-Group'] = groups;
  const extra = getKey(user, 'as-user-extra');
  for (const [key, values] of Object.entries(isMap(extra) ? extra : {}))
    headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = texts(values);
  return headers;
}

function texts(value: Plain | undefined): readonly string[] {
  return (Array.isArray(value) ? value : []).filter(item => typeof item === 'string');
}
