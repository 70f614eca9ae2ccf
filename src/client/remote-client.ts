// The Client port on a session of another process: a replica of what screens show, kept by watches; logs by pages.
// Does not: reconnect. When the session is gone, `closed` says so and the replica stays as it was.

import type {
  Client,
  ExitPlan,
  LogFilter,
  LogMatches,
  LogPlace,
  LogSearch,
  LogSection,
  SessionInfo,
} from '../api/client.ts';
import type { Kind, Kinds } from '../api/kinds.ts';
import type { UIInputSpec, UIInputStatus } from '../api/kinds-buttons.ts';
import { buildReason } from '../api/kinds-internal.ts';
import { type ApiObject, formatMicroTime, mainTiltfile, parseTime } from '../api/meta.ts';
import { isConflict } from '../api/status-error.ts';
import { Canceled, isCanceled, makeAbortController } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';
import { commandAnnouncement } from '../logs/command-index.ts';
import { DirtyKeysHub } from '../store/dirty-keys.ts';
import type { ApiClient } from './api-client.ts';
import { toQueryString } from './log-query.ts';
import { RemoteCursor } from './remote-logs.ts';
import type { WebClient } from './web-client.ts';

/** What a screen reads. */
const replicatedKinds: readonly Kind[] = [
  'UISession',
  'UIResource',
  'UIButton',
  'Session',
  'Tiltfile',
  'ConfigMap',
  'Cluster',
];

export interface RemoteClientOptions {
  readonly clock: Clock;
  readonly connectApi: (signal: AbortSignal) => ApiClient;
  readonly connectWeb: (signal: AbortSignal) => WebClient;
}

export interface RemoteClient extends Client, Disposable {
  /** Resolves when the session ends or the connection breaks, and on dispose. */
  readonly closed: Promise<void>;
}

/** Connects, and resolves when the replica is complete. Rejects with the errors of the two clients. */
export async function connectClient(options: RemoteClientOptions): Promise<RemoteClient> {
  const stopping = makeAbortController();
  const replica = new Replica(options.connectApi(stopping.signal));
  try {
    await replica.load();
    const counts = new LogCounts(options, stopping.signal);
    await counts.refresh();
    return makeRemoteClient({ options, replica, counts, stop: () => stopping.abort(new Canceled('the screen left')) });
  } catch (error) {
    stopping.abort(new Canceled('the session cannot be reached'));
    throw error;
  }
}

interface Parts {
  readonly options: RemoteClientOptions;
  readonly replica: Replica;
  readonly counts: LogCounts;
  readonly stop: () => void;
}

function makeRemoteClient({ options, replica, counts, stop }: Parts): RemoteClient {
  const { api } = replica;
  const living = makeAbortController();
  const web = options.connectWeb(living.signal);
  const closing = toDisposable(() => {
    living.abort(new Canceled('the screen left'));
    stop();
  });
  const closed = replica.follow().then(() => closing.dispose());
  counts.follow();
  const click = (name: string, inputs: Readonly<Record<string, string | boolean>>): Promise<void> =>
    clickButton(api, { name, inputs, nowMs: options.clock.now() });
  return {
    get session() {
      return sessionInfo(replica, web.url);
    },
    closed,
    get: (kind, name) => replica.get(kind, name),
    list: kind => replica.list(kind),
    onChange: listener => replica.onChange(listener),
    openLogs: (filter: LogFilter, place: LogPlace) => new RemoteCursor({ connect: options.connectWeb, filter, place }),
    findLogs: search => findLogs(web, search),
    commandLines: async most => {
      const text = { pattern: commandAnnouncement.source, isRegex: true, isCaseSensitive: true };
      return (await findLogs(web, { text, filter: {}, maxIds: most })).ids;
    },
    logSections: resources => counts.sections(resources),
    logCounts: resource => counts.of(resource),
    // A terminal is where the process is.
    terminalOf: () => undefined,
    trigger: resource => web.trigger(resource, buildReason.triggerHud),
    setDisabled: (resources, disabled) => setDisabled(api, resources, disabled),
    setTriggerMode: (resource, mode) => web.setTriggerMode([resource], mode),
    stopBuild: resource => click(`${resource}-stopbuild`, {}),
    clickButton: click,
    setTiltfileArgs: args => web.setTiltfileArgs(args),
    exitPlan: async () => JSON.parse(await web.get('exit')) as ExitPlan,
    exit: (choice, onProgress) => web.exit(choice, onProgress),
    dispose: () => closing.dispose(),
  };
}

async function findLogs(web: WebClient, { filter, ...search }: LogSearch): Promise<LogMatches> {
  const query = `${toQueryString(filter)}&${new URLSearchParams({ find: JSON.stringify(search) })}`;
  return JSON.parse(await web.get(`logs/find?${query}`)) as LogMatches;
}

function sessionInfo(replica: Replica, webUrl: string): SessionInfo {
  const ui = replica.list('UISession')[0]?.status;
  const tiltfilePath = replica.list('Session')[0]?.spec?.tiltfilePath ?? ui?.tiltfileKey ?? '';
  const build = ui?.runningTiltBuild;
  const folders = tiltfilePath.split('/');
  return {
    project: folders.at(-2) ?? '',
    tiltfilePath,
    webUrl: `${webUrl}/`,
    versionLine: build ? `v${build.version}${build.dev ? '-dev' : ''}, built ${build.date ?? ''}` : '',
    startedAtMs: parseTime(ui?.tiltStartTime) ?? 0,
    tiltfileArgs: replica.get('Tiltfile', mainTiltfile)?.spec?.args ?? [],
  };
}

async function setDisabled(api: ApiClient, resources: readonly string[], disabled: boolean): Promise<void> {
  for (const resource of resources)
    await api.patch('ConfigMap', `${resource}-disable`, { data: { isDisabled: String(disabled) } });
}

interface Click {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string | boolean>>;
  readonly nowMs: number;
}

/** Presses a button as every client does: by a newer click time in its status (reference 3.19). */
async function clickButton(api: ApiClient, { name, inputs, nowMs }: Click): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const button = await api.get('UIButton', name);
    const values = (button.spec?.inputs ?? []).map(input => inputValue(input, inputs[input.name]));
    const status = { lastClickedAt: formatMicroTime(nowMs), ...(values.length > 0 ? { inputs: values } : {}) };
    try {
      await api.updateStatus('UIButton', { ...button, status });
      return;
    } catch (error) {
      // Somebody else pressed it between our two requests.
      if (!isConflict(error) || attempt === 3) throw error;
    }
  }
}

function inputValue(input: UIInputSpec, given: string | boolean | undefined): UIInputStatus {
  const { name, bool, hidden, choice } = input;
  if (bool) return { name, bool: { value: given === undefined ? (bool.defaultValue ?? false) : given === true } };
  if (hidden) return { name, hidden: { value: hidden.value } };
  if (choice) return { name, choice: { value: String(given ?? choice.choices?.[0] ?? '') } };
  return { name, text: { value: String(given ?? input.text?.defaultValue ?? '') } };
}

/** Copies of objects, by kind and name, in the server's order. */
class Replica {
  readonly api: ApiClient;
  #objects = new Map<Kind, Map<string, ApiObject>>();
  #lists = new Map<Kind, readonly ApiObject[]>();
  #versions = new Map<Kind, string>();
  #dirty = new DirtyKeysHub(error => {
    throw error;
  });

  constructor(api: ApiClient) {
    this.api = api;
  }

  async load(): Promise<void> {
    await Promise.all(
      replicatedKinds.map(async kind => {
        const { items, resourceVersion } = await this.api.list(kind);
        this.#objects.set(kind, new Map((items as readonly ApiObject[]).map(item => [item.metadata.name, item])));
        this.#versions.set(kind, resourceVersion);
      }),
    );
  }

  /** Keeps up; resolves when the first watch ends. */
  follow(): Promise<void> {
    return Promise.race(replicatedKinds.map(kind => this.#followKind(kind)));
  }

  async #followKind(kind: Kind): Promise<void> {
    try {
      const resourceVersion = this.#versions.get(kind)!;
      for await (const { type, object } of this.api.watch(kind, { resourceVersion })) {
        const { name } = object.metadata;
        const objects = this.#objects.get(kind)!;
        if (type === 'DELETED') objects.delete(name);
        else objects.set(name, object as ApiObject);
        this.#lists.delete(kind);
        this.#dirty.mark(kind, name);
      }
    } catch {
      // However a watch ends, the session can no longer be followed.
    }
  }

  get<K extends Kind>(kind: K, name: string): Kinds[K] | undefined {
    return this.#objects.get(kind)?.get(name) as Kinds[K] | undefined;
  }

  list<K extends Kind>(kind: K): readonly Kinds[K][] {
    const known = this.#lists.get(kind);
    const list = known ?? [...(this.#objects.get(kind)?.values() ?? [])];
    if (!known) this.#lists.set(kind, list);
    return list as unknown as readonly Kinds[K][];
  }

  onChange(listener: (keys: ReadonlyMap<Kind, ReadonlySet<string>>) => void): Disposable {
    return this.#dirty.subscribe(undefined, listener);
  }
}

interface Counts {
  readonly warnings: number;
  readonly errors: number;
}

const none: Counts = { warnings: 0, errors: 0 };
/** A new warning is counted within this time. */
const countsEveryMs = 1000;

/** Warnings and errors by resource and where builds and runs begin, asked for again while the log grows. */
class LogCounts {
  #options: RemoteClientOptions;
  #web: WebClient;
  #signal: AbortSignal;
  #byResource: Readonly<Record<string, Counts>> = {};
  #sections: LogSection[] = [];

  constructor(options: RemoteClientOptions, signal: AbortSignal) {
    this.#options = options;
    this.#web = options.connectWeb(signal);
    this.#signal = signal;
  }

  of(resource: string): Counts {
    return Object.hasOwn(this.#byResource, resource) ? this.#byResource[resource]! : none;
  }

  /** Without names those of all resources. */
  sections(resources: readonly string[] | undefined): readonly LogSection[] {
    if (!resources || resources.length === 0) return this.#sections;
    return this.#sections.filter(({ resource }) => resources.includes(resource));
  }

  async refresh(): Promise<void> {
    this.#byResource = JSON.parse(await this.#web.get('logs/counts')) as Record<string, Counts>;
    const newest = (): number => this.#sections.at(-1)?.id ?? -1;
    const begun = JSON.parse(await this.#web.get(`logs/sections?after=${newest()}`)) as LogSection[];
    // Another answer may have been faster.
    this.#sections.push(...begun.filter(({ id }) => id > newest()));
  }

  follow(): void {
    const timer = this.#options.clock.every(countsEveryMs, () => {
      this.refresh().catch((error: unknown) => {
        // The replica tells that the session is over; until then the last counts stand.
        if (isCanceled(error)) timer.dispose();
      });
    });
    this.#signal.addEventListener('abort', () => timer.dispose(), { once: true });
  }
}
