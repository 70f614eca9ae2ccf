// A running server on loopback with a store, a small log and a backend that remembers what it was told.
import http from 'node:http';
import https from 'node:https';
import type { ExecutionContext } from 'ava';
import type {
  ExitChoice,
  LogCursor,
  LogFilter,
  LogLine,
  LogMatches,
  LogPlace,
  LogSearch,
  LogSection,
} from '../../src/api/client.ts';
import { systemClock } from '../../src/base/clock.ts';
import { toDisposable } from '../../src/base/disposable.ts';
import { Emitter } from '../../src/base/emitter.ts';
import type { LogList } from '../../src/logs/port.ts';
import { type ApiServer, makeBearerToken, startApiServer } from '../../src/server/api-server.ts';
import type { ServerBackend } from '../../src/server/backend.ts';
import { type KeyAndCertificate, makeCertificate } from '../../src/server/certificate.ts';
import type { Listener } from '../../src/server/listener.ts';
import { startWebServer, type WebServerOptions } from '../../src/server/web-server.ts';
import type { Store } from '../../src/store/port.ts';
import { makeStore } from '../../src/store/store.ts';

export const webToken = '11111111-2222-3333-4444-555555555555';

/** Lines in a list; enough of a log store for those who read. */
export class FakeLogs {
  readonly lines: LogLine[] = [];
  readonly #appended = new Emitter<void>();
  /** Cursors that are open. */
  openCursors = 0;

  append(text: string, more: Partial<LogLine> = {}): void {
    const id = this.lines.length;
    this.lines.push({
      id,
      timeMs: 1_700_000_000_000 + id,
      resource: 'web',
      spanId: 'build:1',
      level: 'info',
      isAnchor: false,
      source: 'build',
      text,
      ...more,
    });
    this.#appended.emit();
  }

  get checkpoint(): number {
    return this.lines.length;
  }

  resourceCounts = (resource: string) => {
    const own = this.lines.filter(line => line.resource === resource && line.isAnchor);
    const count = (level: string): number => own.filter(line => line.level === level).length;
    return { warnings: count('warn'), errors: count('error') };
  };

  onAppend = (listener: () => void) => this.#appended.on(listener);

  toLogList = (from: number): LogList => {
    const lines = this.lines.slice(from);
    if (lines.length === 0 && from > 0) return { spans: {}, segments: [], fromCheckpoint: -1, toCheckpoint: -1 };
    return {
      spans: { 'build:1': { manifestName: 'web' } },
      segments: lines.map(line => ({
        spanId: line.spanId,
        time: new Date(line.timeMs).toISOString(),
        text: `${line.text}\n`,
        level: 'INFO',
      })),
      fromCheckpoint: from,
      toCheckpoint: this.lines.length,
    };
  };

  search = async ({ pattern, maxHits }: { pattern: string; maxHits: number }) => {
    const hits = this.lines.filter(line => line.text.includes(pattern)).reverse();
    return { hits: hits.slice(0, maxHits), isComplete: hits.length <= maxHits };
  };

  /** What was searched for. */
  readonly searches: LogSearch[] = [];

  find = async (search: LogSearch): Promise<LogMatches> => {
    this.searches.push(search);
    const ids = this.lines.filter(line => line.text.includes(search.text.pattern)).map(line => line.id);
    return { ids: ids.slice(-search.maxIds), throughId: this.lines.length - 1, isCut: ids.length > search.maxIds };
  };

  sections = (): LogSection[] =>
    this.lines.filter(line => line.isSpanStart).map(({ id, spanId, resource }) => ({ id, spanId, resource }));

  openCursor = (filter: LogFilter, place: LogPlace): LogCursor => {
    const order = ['debug', 'verbose', 'info', 'warn', 'error'];
    const matches = (line: LogLine): boolean =>
      (!filter.resources || filter.resources.includes(line.resource)) &&
      (!filter.minLevel || order.indexOf(line.level) >= order.indexOf(filter.minLevel)) &&
      (!filter.source || filter.source === line.source) &&
      (filter.sinceMs === undefined || line.timeMs >= filter.sinceMs) &&
      (filter.words ?? []).every(word => line.text.includes(word.pattern) !== (word.isInverse === true));
    let at = 0;
    if (typeof place.at === 'object') at = place.at.lineId;
    else if (place.at === 'end') {
      const shown = this.lines.filter(matches).slice(-(place.tail || Number.MAX_SAFE_INTEGER));
      at = place.tail ? (shown[0]?.id ?? this.lines.length) : this.lines.length;
    }
    this.openCursors++;
    const closing = toDisposable(() => this.openCursors--);
    return {
      next: async max => {
        const lines = this.lines.slice(at).filter(matches).slice(0, max);
        at = lines.at(-1) ? lines.at(-1)!.id + 1 : this.lines.length;
        return lines;
      },
      previous: async max => {
        const lines = max === 0 ? [] : this.lines.slice(0, at).filter(matches).slice(-max);
        at = lines[0]?.id ?? 0;
        return lines;
      },
      onMore: listener => {
        if (at < this.lines.length) setImmediate(listener);
        return this.#appended.on(listener);
      },
      dispose: () => closing.dispose(),
    };
  };
}

export interface Running {
  readonly store: Store;
  readonly logs: FakeLogs;
  readonly api: ApiServer;
  readonly web: Listener;
  readonly token: string;
  readonly certificate: KeyAndCertificate;
  readonly backend: ServerBackend;
  /** What the backend was told. */
  readonly told: unknown[];
}

export async function startServers(
  t: ExecutionContext,
  { socketPath, ...options }: Partial<WebServerOptions> & { readonly socketPath?: string } = {},
): Promise<Running> {
  const store = makeStore({ clock: systemClock });
  const logs = new FakeLogs();
  const told: unknown[] = [];
  const backend = fakeBackend(store, logs, told);
  const certificate = makeCertificate(Date.now());
  const token = makeBearerToken();
  const api = await startApiServer({ store, clock: systemClock, certificate, token, socketPath });
  t.teardown(() => api.close());
  const web = await startWebServer({
    backend,
    clock: systemClock,
    host: 'localhost',
    port: 0,
    token: webToken,
    isAuthDisabled: () => false,
    apiServer: api,
    ...options,
  });
  t.teardown(() => web.close());
  return { store, logs, api, web, token, certificate, backend, told };
}

function fakeBackend(store: Store, logs: FakeLogs, told: unknown[]): ServerBackend {
  return {
    store,
    logs: logs as unknown as ServerBackend['logs'],
    startedAtMs: 1_700_000_000_000,
    trigger: (resource, reasons) => {
      if (resource === 'off') return 'disabled';
      if (resource !== 'web') return 'unknown';
      told.push(['trigger', resource, reasons]);
      return 'triggered';
    },
    setTriggerMode: (resources, mode) => {
      const unknown = resources.find(name => name !== 'web');
      if (unknown !== undefined) return { unknown };
      told.push(['mode', resources, mode]);
      return {};
    },
    setTiltfileArgs: async args => {
      if (args[0] === 'refuse') throw new Error('refused');
      told.push(['args', args]);
    },
    dumpEngine: () => ({ engine: true }),
    exit: {
      plan: async () => ({ kubernetes: 0, compose: 0, localServers: ['web'], disable: [], down: [] }),
      run: async (choice: ExitChoice, onProgress) => {
        onProgress(`${choice}: stopping web`);
        told.push(['exit', choice]);
      },
    },
  };
}

export interface Answered {
  readonly code: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  readonly json: any;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** One request; no connection is kept. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Ask = {}, ca?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https') ? https : http;
    // Node would send the body of a DELETE without saying how long it is.
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = request(
      url,
      { method, headers: { ...length, ...headers }, agent: false, ...(ca ? { ca } : {}) },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => resolve(answered(response, Buffer.concat(chunks).toString('utf8'))));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function answered(response: http.IncomingMessage, text: string): Answered {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { code: response.statusCode ?? 0, headers: response.headers, text, json };
}

/** Asks the API server with the token. */
export function askApi(
  { api, token, certificate }: Running,
  path: string,
  { headers, body, ...rest }: Omit<Ask, 'body'> & { body?: unknown } = {},
) {
  const content = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return ask(
    api.url + path,
    {
      ...rest,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    },
    certificate.certificate,
  );
}

/** Asks the web server with the token. */
export function askWeb({ web }: Pick<Running, 'web'>, path: string, options: Ask = {}) {
  return ask(`http://127.0.0.1:${web.port}${path}`, {
    ...options,
    headers: { 'X-Tilt-Token': webToken, ...options.headers },
  });
}

/** Seconds that a line may take. */
const maxWaits = 30;

/** Lines of a stream as they come. */
export class LineReader {
  #lines: string[] = [];
  #rest = '';
  #waiting: (() => void) | undefined;
  #request: http.ClientRequest;
  isEnded = false;

  constructor(url: string, headers: Record<string, string>, ca?: string) {
    const { request } = url.startsWith('https') ? https : http;
    this.#request = request(url, { headers, agent: false, ...(ca ? { ca } : {}) }, response => {
      response.on('data', chunk => this.#take(String(chunk)));
      response.on('close', () => this.#end());
    });
    this.#request.on('error', () => this.#end());
    this.#request.end();
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop()!;
    this.#lines.push(...parts);
    this.#waiting?.();
  }

  #end(): void {
    this.isEnded = true;
    this.#waiting?.();
  }

  async next(): Promise<string> {
    // Waits are counted, not time: a process that gets no processor for a while has not been waiting.
    for (let waits = 0; this.#lines.length === 0; ) {
      if (this.isEnded) throw new Error('the stream ended');
      if (waits === maxWaits) throw new Error(`no line within ${maxWaits} s`);
      await new Promise<void>(resolve => {
        const timer = setTimeout(() => {
          waits++;
          resolve();
        }, 1_000);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#lines.shift()!;
  }

  close(): void {
    this.#request.destroy();
  }
}

/** Waits until `condition` holds: 30 s or, where the process gets little time, as many looks as fit into them. */
export async function until(condition: () => boolean): Promise<void> {
  for (let looks = 0; !condition(); looks++) {
    if (looks === 6_000) throw new Error('it did not happen within 30 s');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
