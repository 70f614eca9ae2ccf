// Programs that give credentials (`exec:` of a kubeconfig: aws, gke-gcloud-auth-plugin, kubelogin ...). They are asked
// without a terminal: a screen may stand on ours.
import { spawn } from 'node:child_process';
import { onAbort } from '../../base/abort.ts';
import { systemClock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { getKey, isMap, type Plain, type PlainMap } from '../../domain/yaml/plain.ts';
import { type Environment, textOf } from './kubeconfig-files.ts';

export interface PluginCredentials {
  readonly token?: string;
  /** PEM. */
  readonly certificate?: string;
  readonly key?: string;
  /** Milliseconds since 1970; undefined: good until the server says no. */
  readonly expiresAtMs?: number;
}

export interface PluginDeps {
  readonly env: Environment;
  /** The cluster's settings, given to a plugin that asks for them (`provideClusterInfo`). */
  readonly cluster: PlainMap;
  readonly timeoutMs: number;
  /** As ConnectRequest says. */
  readonly onLogin?: ((text: string) => void) | undefined;
}

const shownStderrChars = 1000;
/** A program that needs nobody is done by then. */
const quickMs = 1000;

/** Runs the program once. Rejects with `getting credentials: exec: ...`. */
export async function askPlugin(exec: PlainMap, deps: PluginDeps, signal: AbortSignal): Promise<PluginCredentials> {
  const command = textOf(exec, 'command');
  if (textOf(exec, 'interactiveMode') === 'Always')
    throw new Error(
      `getting credentials: exec: ${command} wants to ask at a terminal (interactiveMode: Always), which is taken; log in before`,
    );
  const version = textOf(exec, 'apiVersion') || 'client.authentication.k8s.io/v1';
  const output = await run(exec, { ...deps, env: pluginEnvironment(exec, version, deps) }, signal);
  return readCredentials(output, command, version);
}

function pluginEnvironment(exec: PlainMap, version: string, { env, cluster }: PluginDeps): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) all[name] = value;
  const added = getKey(exec, 'env');
  for (const item of Array.isArray(added) ? added : [])
    if (isMap(item)) all[textOf(item, 'name')] = textOf(item, 'value');
  const hasCluster = getKey(exec, 'provideClusterInfo') === true;
  const spec: PlainMap = { interactive: false, ...(hasCluster ? { cluster: clusterInfo(cluster) } : {}) };
  all['KUBERNETES_EXEC_INFO'] = JSON.stringify({ kind: 'ExecCredential', apiVersion: version, spec });
  return all;
}

/** The fields of ExecCredential.spec.cluster; the configuration is what an extension of that name holds. */
function clusterInfo(cluster: PlainMap): PlainMap {
  const known = ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url'];
  const info: PlainMap = {};
  for (const key of known) {
    const value = getKey(cluster, key);
    if (value !== undefined) info[key] = value;
  }
  const extensions = getKey(cluster, 'extensions');
  const own = (Array.isArray(extensions) ? extensions : []).find(
    item => isMap(item) && textOf(item, 'name') === 'client.authentication.k8s.io/exec',
  );
  if (isMap(own)) info['config'] = getKey(own, 'extension') ?? null;
  return info;
}

function run(exec: PlainMap, deps: PluginDeps, signal: AbortSignal): Promise<string> {
  const command = textOf(exec, 'command');
  const args = getKey(exec, 'args');
  const list = (Array.isArray(args) ? args : []).map(String);
  const fail = (text: string): Error => new Error(`getting credentials: exec: executable ${command} ${text}`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, list, { env: deps.env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    const stop = (reason: unknown): void => {
      child.kill('SIGKILL');
      reject(reason);
    };
    const withWords = (text: string): Error => {
      const said = output.stderr.trim().slice(-shownStderrChars);
      return fail(said === '' ? text : `${text}: ${said}`);
    };
    const words = new LoginWords(deps.onLogin ?? (() => {}));
    const timer = systemClock.after(deps.timeoutMs, () =>
      stop(withWords(`did not answer within ${deps.timeoutMs / 1000} s`)),
    );
    const listening = onAbort(signal, stop);
    const settle = (): void => {
      timer.dispose();
      listening.dispose();
      words.dispose();
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      words.add(text);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle();
      const hint = textOf(exec, 'installHint');
      reject(fail(error.code === 'ENOENT' ? `not found${hint ? `\n\n${hint}` : ''}` : `failed: ${error.message}`));
    });
    child.on('close', (exitCode, killedBy) => {
      settle();
      if (exitCode === 0) return resolve(output.stdout);
      reject(withWords(exitCode === null ? `was ended by ${killedBy}` : `failed with exit code ${exitCode}`));
    });
  });
}

/** Whole lines of a program that takes its time. What one says that is done at once nobody has to read now. */
class LoginWords implements Disposable {
  readonly #tell: (text: string) => void;
  readonly #timer: Disposable;
  #text = '';
  #isWaiting = false;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
    this.#timer = systemClock.after(quickMs, () => {
      this.#isWaiting = true;
      this.#flush();
    });
  }

  add(text: string): void {
    this.#text += text;
    if (this.#isWaiting) this.#flush();
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #flush(): void {
    const end = this.#text.lastIndexOf('\n') + 1;
    if (end > 0) this.#tell(this.#text.slice(0, end));
    this.#text = this.#text.slice(end);
  }
}

function readCredentials(output: string, command: string, version: string): PluginCredentials {
  const given = parsed(output);
  const status = given && getKey(given, 'status');
  const problem = (text: string): Error => new Error(`getting credentials: exec: ${command} ${text}`);
  if (!given || textOf(given, 'kind') !== 'ExecCredential') throw problem('did not print an ExecCredential');
  const got = textOf(given, 'apiVersion');
  if (got !== version) throw problem(`is configured to use ${version}, and returned ${got || 'no apiVersion'}`);
  if (!isMap(status)) throw problem('printed an ExecCredential without status');
  const token = textOf(status, 'token');
  const certificate = textOf(status, 'clientCertificateData');
  const key = textOf(status, 'clientKeyData');
  if (token === '' && (certificate === '' || key === ''))
    throw problem('printed neither a token nor a certificate and its key');
  const expiresAtMs = Date.parse(textOf(status, 'expirationTimestamp'));
  return {
    ...(token ? { token } : {}),
    ...(certificate && key ? { certificate, key } : {}),
    ...(Number.isNaN(expiresAtMs) ? {} : { expiresAtMs }),
  };
}

function parsed(output: string): PlainMap | undefined {
  try {
    const value = JSON.parse(output) as Plain;
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
