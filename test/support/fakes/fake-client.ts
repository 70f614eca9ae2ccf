// A Client of data that tests write: objects, log lines, and a record of what was asked for.
import type {
  Client,
  ExitPlan,
  LogCursor,
  LogFilter,
  LogLine,
  LogPlace,
  LogText,
  SessionInfo,
} from '../../../src/api/client.ts';
import type { Kind, Kinds } from '../../../src/api/kinds.ts';
import type { CmdSpec, CmdStatus } from '../../../src/api/kinds-local.ts';
import type { UIResource, UIResourceStatus } from '../../../src/api/kinds-session.ts';
import { apiVersion } from '../../../src/api/meta.ts';
import type { Disposable } from '../../../src/base/disposable.ts';
import { Emitter } from '../../../src/base/emitter.ts';
import { commandAnnouncement } from '../../../src/logs/command-index.ts';
import { isErrorLine } from '../../../src/logs/error-lines.ts';

export interface FakeClient extends Client {
  /** What was asked for, in order: `trigger web`, `disable web`, `exit keep` ... */
  readonly calls: readonly string[];
  /** Sets a resource and tells the listeners. */
  setResource(name: string, status: UIResourceStatus, labels?: readonly string[]): void;
  removeResource(name: string): void;
  /** Sets the status of a resource's process. */
  setProcess(resource: string, status: CmdStatus, number?: number, spec?: CmdSpec): void;
  /** Sets an object of any kind. */
  setObject<K extends Kind>(kind: K, name: string, object: Omit<Kinds[K], 'apiVersion' | 'kind' | 'metadata'>): void;
  /** Appends lines. */
  log(resource: string, ...texts: readonly (string | Partial<LogLine>)[]): void;
  /** What a pending `exit` tells. */
  tellExit(line: string): void;
  /** Resolves a pending `exit`. */
  finishExit(): void;
  failExit(error: Error): void;
  plan: ExitPlan;
  /** The next action is refused with this. */
  refuseWith: string | undefined;
}

export const fakeSession: SessionInfo = {
  project: 'shop',
  tiltfilePath: '/home/ann/shop/Tiltfile',
  webUrl: 'http://localhost:10350/',
  versionLine: 'v0.37.10, built 2026-01-01',
  startedAtMs: 1_700_000_000_000,
  tiltfileArgs: [],
};

const noPlan: ExitPlan = { kubernetes: 0, compose: 0, localServers: [], disable: [], down: [] };

export function makeFakeClient(session: SessionInfo = fakeSession): FakeClient {
  const objects = new Map<Kind, Map<string, unknown>>();
  const changed = new Emitter<ReadonlyMap<Kind, ReadonlySet<string>>>();
  const appended = new Emitter<void>();
  const lines: LogLine[] = [];
  const calls: string[] = [];
  let progress: ((line: string) => void) | undefined;
  let finish: (() => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  let nextId = 1;

  function put(kind: Kind, name: string, object: unknown): void {
    const ofKind = objects.get(kind) ?? new Map<string, unknown>();
    objects.set(kind, ofKind);
    if (object === undefined) ofKind.delete(name);
    else ofKind.set(name, object);
    changed.emit(new Map([[kind, new Set([name])]]));
  }

  async function act(call: string): Promise<void> {
    calls.push(call);
    const refusal = client.refuseWith;
    client.refuseWith = undefined;
    if (refusal !== undefined) throw new Error(refusal);
  }

  const client: FakeClient = {
    session,
    calls,
    plan: noPlan,
    refuseWith: undefined,
    get: (kind, name) => objects.get(kind)?.get(name) as never,
    list: <K extends Kind>(kind: K) => [...(objects.get(kind)?.values() ?? [])] as Kinds[K][],
    onChange: listener => changed.on(listener),
    openLogs: (filter, place) => openCursor({ lines, appended }, filter, place),
    async findLogs({ text, orLevel, filter, afterId = -1, beforeId = Number.POSITIVE_INFINITY, maxIds }) {
      const matches = textTest(text);
      const ids = lines.flatMap(line => {
        const isWanted = passes(filter, line) && line.id > afterId && line.id < beforeId;
        return isWanted && (matches(line.text) || (orLevel !== undefined && line.level === orLevel)) ? [line.id] : [];
      });
      return { ids: ids.slice(-maxIds), throughId: lines.at(-1)?.id ?? -1, isCut: ids.length > maxIds };
    },
    commandLines: async most =>
      lines
        .filter(line => commandAnnouncement.test(line.text))
        .map(({ id }) => id)
        .slice(-most),
    logSections: resources =>
      lines
        .filter(line => line.isSpanStart && (resources === undefined || resources.includes(line.resource)))
        .map(({ id, spanId, resource }) => ({ id, spanId, resource })),
    logCounts: resource => ({
      warnings: lines.filter(line => line.resource === resource && line.level === 'warn').length,
      errors: lines.filter(line => line.resource === resource && line.level === 'error').length,
    }),
    terminalOf: name =>
      client.get('Manifest', name)?.spec?.target.kind === 'local'
        ? { write() {}, resize() {}, onOutput: () => ({ dispose() {} }), onEnd: () => ({ dispose() {} }) }
        : undefined,
    trigger: name => act(`trigger ${name}`),
    setDisabled: (names, disabled) => act(`${disabled ? 'disable' : 'enable'} ${names.join(' ')}`),
    setTriggerMode: (name, mode) => act(`mode ${name} ${mode}`),
    stopBuild: name => act(`stop-build ${name}`),
    clickButton: (name, inputs) =>
      act(`click ${name}${Object.keys(inputs).length > 0 ? ` ${JSON.stringify(inputs)}` : ''}`),
    setTiltfileArgs: args => act(`args ${args.join(' ')}`),
    exitPlan: async () => client.plan,
    async exit(choice, onProgress, wishes) {
      calls.push(`exit ${choice}${wishes?.hasSnapshot ? ' with a snapshot' : ''}`);
      progress = onProgress;
      await new Promise<void>((resolve, reject) => {
        finish = resolve;
        fail = reject;
      });
    },
    tellExit: line => progress?.(line),
    finishExit() {
      progress?.('everything stopped');
      finish?.();
    },
    failExit: error => fail?.(error),
    setResource(name, status, labels = []) {
      const resource: UIResource = {
        apiVersion,
        kind: 'UIResource',
        metadata: { name, labels: Object.fromEntries(labels.map(label => [label, label])) },
        status,
      };
      put('UIResource', name, resource);
    },
    setObject: (kind, name, object) => put(kind, name, { apiVersion, kind, metadata: { name }, ...object }),
    removeResource: name => put('UIResource', name, undefined),
    setProcess(resource, status, number = 1, spec) {
      const name = `${resource}-serve-${number}`;
      put('Cmd', name, { apiVersion, kind: 'Cmd', metadata: { name }, ...(spec ? { spec } : {}), status });
    },
    log(resource, ...texts) {
      for (const given of texts) {
        const line: LogLine = {
          id: nextId,
          timeMs: session.startedAtMs + nextId * 1000,
          resource,
          spanId: `cmd:${resource}`,
          level: 'info',
          isAnchor: false,
          source: 'runtime',
          text: '',
          ...(typeof given === 'string' ? { text: given } : given),
        };
        const old = lines.findIndex(other => other.id === line.id);
        if (old >= 0) lines[old] = line;
        else lines.push(line);
        nextId = Math.max(nextId, line.id + 1);
      }
      appended.emit();
    },
  };
  return client;
}

const levels = ['debug', 'verbose', 'info', 'warn', 'error'];

function textTest({ pattern, isRegex, isCaseSensitive }: LogText): (text: string) => boolean {
  if (isRegex) return text => new RegExp(pattern, isCaseSensitive ? '' : 'i').test(text);
  return text => (isCaseSensitive ? text.includes(pattern) : text.toLowerCase().includes(pattern.toLowerCase()));
}

/** What the log store lets through. */
function passes(
  { resources, minLevel, withErrorWords, source, sinceMs, words = [] }: LogFilter,
  line: LogLine,
): boolean {
  if (resources !== undefined && !resources.includes(line.resource)) return false;
  if (sinceMs !== undefined && line.timeMs < sinceMs) return false;
  if (!words.every(word => textTest(word)(line.text) !== (word.isInverse === true))) return false;
  if (line.buildEvent !== undefined) return true;
  if (source !== undefined && line.source !== source) return false;
  if (withErrorWords && isErrorLine(line)) return true;
  return minLevel === undefined || levels.indexOf(line.level) >= levels.indexOf(minLevel);
}

interface FakeLog {
  readonly lines: readonly LogLine[];
  readonly appended: Emitter<void>;
}

/** A cursor over the lines; a line that was replaced after it was given comes again. */
function openCursor({ lines, appended }: FakeLog, filter: LogFilter, place: LogPlace): LogCursor {
  const wanted = (line: LogLine): boolean => passes(filter, line);
  const given = new Map<number, LogLine>();
  const all = lines.filter(wanted);
  const end = (lines.at(-1)?.id ?? 0) + 1;
  let at = end;
  if (place.at === 'start') at = 0;
  else if (place.at !== 'end') at = place.at.lineId;
  else if (place.tail) at = all.at(-place.tail)?.id ?? 0;
  const listeners = new Set<Disposable>();
  return {
    async next(max) {
      const grown = lines.filter(line => given.has(line.id) && given.get(line.id) !== line);
      const fresh = lines.filter(line => wanted(line) && line.id >= at && !grown.includes(line)).slice(0, max);
      for (const line of [...grown, ...fresh]) if (line.isPartial || grown.includes(line)) given.set(line.id, line);
      at = Math.max(at, (fresh.at(-1)?.id ?? at - 1) + 1);
      return [...grown, ...fresh];
    },
    async previous(max) {
      const before = lines.filter(line => wanted(line) && line.id < at).slice(-max);
      at = before[0]?.id ?? at;
      return before;
    },
    onMore(listener) {
      const own = appended.on(listener);
      listeners.add(own);
      return own;
    },
    dispose() {
      for (const own of listeners) own.dispose();
    },
  };
}
