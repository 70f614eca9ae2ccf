// The log of a real Tilt, from its web socket: segments of the view become lines, and the filters are applied here.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { LogLevel, LogLine } from '../api/client.ts';
import { parseLogLevel } from '../api/log-wire.ts';
import { onAbort } from '../base/abort.ts';
import { ClientError } from './errors.ts';
import type { LogQuery } from './log-query.ts';

interface Segment {
  readonly spanId?: string;
  readonly time: string;
  readonly text: string;
  readonly level?: string;
  readonly anchor?: boolean;
  readonly fields?: Readonly<Record<string, string>>;
}

interface LogList {
  readonly spans?: Readonly<Record<string, { readonly manifestName?: string }>>;
  readonly segments?: readonly Segment[];
}

/** Lines of the first message, with `follow` of all that come. */
export async function* readViewLogs(
  url: string,
  csrfToken: string,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/view?csrf=${encodeURIComponent(csrfToken)}`, {
    perMessageDeflate: false,
    maxPayload: 256 * 2 ** 20,
  });
  const listening = onAbort(signal, () => socket.terminate());
  const assembler = new LineAssembler();
  try {
    let isFirst = true;
    for await (const message of messagesOf(socket)) {
      const { logList } = JSON.parse(message) as { logList?: LogList };
      const isLast = isFirst && !query.follow;
      const lines = assembler.add(logList ?? {}, isLast).filter(line => matches(line, query));
      yield* isFirst && query.tail !== undefined
        ? lines.slice(lines.length - Math.min(query.tail, lines.length))
        : lines;
      isFirst = false;
      if (isLast) return;
    }
  } finally {
    listening.dispose();
    socket.terminate();
  }
}

/** Messages in order; ends when the socket does. Throws ClientError when it never opens. */
async function* messagesOf(socket: WebSocket): AsyncGenerator<string> {
  const waiting: string[] = [];
  let failure: Error | undefined;
  let isClosed = false;
  socket.on('message', data => waiting.push(String(data)));
  socket.on('error', error => {
    failure = error;
  });
  socket.on('close', () => {
    isClosed = true;
  });
  let hasOpened = false;
  for (;;) {
    const message = waiting.shift();
    if (message !== undefined) {
      hasOpened = true;
      yield message;
    } else if (isClosed) {
      if (failure && !hasOpened) throw new ClientError(`opening web socket: ${failure.message}`);
      return;
    } else {
      const settled = new AbortController();
      const options = { signal: settled.signal };
      await Promise.race([once(socket, 'message', options), once(socket, 'close', options)]).catch(() => {});
      settled.abort();
    }
  }
}

/** Joins the segments of a span until their newline. */
class LineAssembler {
  #open = new Map<string, Segment>();
  #resources = new Map<string, string>();
  #nextId = 0;

  /** Whole lines of these segments; with `isLast` also what has no newline yet. */
  add({ spans = {}, segments = [] }: LogList, isLast: boolean): LogLine[] {
    for (const [spanId, span] of Object.entries(spans)) this.#resources.set(spanId, span.manifestName ?? '');
    const lines: LogLine[] = [];
    for (const segment of segments) {
      const key = `${segment.spanId ?? ''} ${segment.level ?? ''}`;
      const before = this.#open.get(key);
      const whole = before ? { ...before, text: before.text + segment.text } : segment;
      if (whole.text.endsWith('\n')) {
        this.#open.delete(key);
        lines.push(this.#toLine(whole));
      } else this.#open.set(key, whole);
    }
    if (isLast) lines.push(...[...this.#open.values()].map(segment => this.#toLine(segment)));
    return lines;
  }

  #toLine({ spanId = '', time, text, level, anchor, fields = {} }: Segment): LogLine {
    const { buildEvent, progressID } = fields;
    return {
      id: this.#nextId++,
      timeMs: Date.parse(time),
      resource: this.#resources.get(spanId) ?? '',
      spanId,
      level: parseLogLevel(level ?? '') ?? 'info',
      isAnchor: anchor === true,
      source: /^(build|cmdimage):/.test(spanId) ? 'build' : 'runtime',
      text: text.replace(/\n$/, ''),
      ...(buildEvent === undefined ? {} : { buildEvent }),
      ...(progressID === undefined ? {} : { progressId: progressID }),
    };
  }
}

const levelOrder: readonly LogLevel[] = ['debug', 'verbose', 'info', 'warn', 'error'];

function matches(line: LogLine, { resources = [], minLevel, source, sinceMs }: LogQuery): boolean {
  if (resources.length > 0 && !resources.includes(line.resource)) return false;
  if (sinceMs !== undefined && line.timeMs < sinceMs) return false;
  // Lines that open a build pass the filters of level and source (reference 5.2).
  if (line.buildEvent !== undefined) return true;
  if (source && line.source !== source) return false;
  return !minLevel || levelOrder.indexOf(line.level) >= levelOrder.indexOf(minLevel);
}
