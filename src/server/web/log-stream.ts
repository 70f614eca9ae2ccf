// GET /api/logs: log lines as NDJSON, one reader one cursor. The reader's pace is the cursor's: nothing queues here.
// Query: resource (repeated), level (and above), source (all, build, runtime), since (duration or time), tail (lines),
// follow, after or before (a line id), limit (lines), search with regex and case, word (JSON, repeated). The header Tilt-Log-End says where the
// log ended when the answer began: an id that the next line will have or exceed, so that paging goes on from there.
import type http from 'node:http';
import type { LogCursor, LogFilter, LogLine, LogPlace } from '../../api/client.ts';
import { parseLogLevel, toLogRecord } from '../../api/log-wire.ts';
import { makeAbortController } from '../../base/abort.ts';
import type { ServerBackend } from '../backend.ts';
import { drained } from '../drained.ts';
import { LogQueryError, readWord } from './log-words.ts';

export interface LogQuery {
  readonly filter: LogFilter;
  readonly place: LogPlace;
  readonly isFollowing: boolean;
  /** Towards the start: the lines before the place, oldest first. */
  readonly isBackward: boolean;
  /** At most so many lines. */
  readonly maxLines: number;
  readonly search?: {
    readonly pattern: string;
    readonly isRegex: boolean;
    readonly isCaseSensitive: boolean;
    readonly maxHits: number;
  };
}

/** Reads the query. Throws LogQueryError. */
export function readLogQuery(query: URLSearchParams, nowMs: number): LogQuery {
  const resources = query.getAll('resource');
  const minLevel = readLevel(query.get('level'));
  const source = readSource(query.get('source'));
  const sinceMs = readSince(query.get('since'), nowMs);
  const words = query.getAll('word').map(readWord);
  const filter: LogFilter = {
    ...(resources.length > 0 ? { resources } : {}),
    ...(minLevel ? { minLevel } : {}),
    ...(source ? { source } : {}),
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(words.length > 0 ? { words } : {}),
  };
  const pattern = query.get('search');
  const search = pattern && {
    pattern,
    isRegex: isOn(query.get('regex')),
    isCaseSensitive: isOn(query.get('case')),
    maxHits: Math.min(readCount(query, 'limit') ?? 1000, 10_000),
  };
  return {
    filter,
    place: readPlace(query),
    isFollowing: isOn(query.get('follow')),
    isBackward: query.get('before') !== null,
    maxLines: readCount(query, 'limit') ?? Number.POSITIVE_INFINITY,
    ...(search ? { search } : {}),
  };
}

function isOn(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}

function readLevel(text: string | null) {
  if (!text || text === 'all') return undefined;
  const level = parseLogLevel(text);
  if (!level) throw new LogQueryError(`level: got ${JSON.stringify(text)}, want debug, verbose, info, warn or error`);
  return level;
}

function readSource(text: string | null): 'build' | 'runtime' | undefined {
  if (!text || text === 'all') return undefined;
  if (text === 'build' || text === 'runtime') return text;
  throw new LogQueryError(`source: got ${JSON.stringify(text)}, want all, build or runtime`);
}

function readCount(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '' || text === '-1') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new LogQueryError(`${name}: got ${JSON.stringify(text)}, want a number`);
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function readSince(text: string | null, nowMs: number): number | undefined {
  if (!text) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length > 0 && parts.map(p => p[0]).join('') === text)
    return nowMs - parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs[unit!]!, 0);
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs))
    throw new LogQueryError(`since: got ${JSON.stringify(text)}, want a duration such as 5m, or a time`);
  return atMs;
}

function readPlace(query: URLSearchParams): LogPlace {
  // A place with a line's id is the one before that line.
  const before = readCount(query, 'before');
  if (before !== undefined) return { at: { lineId: before } };
  const after = readCount(query, 'after');
  if (after !== undefined) return { at: { lineId: after + 1 } };
  const tail = readCount(query, 'tail');
  return tail === undefined ? { at: 'start' } : { at: 'end', tail };
}

/** Lines that are taken from the cursor at once. */
const batchLines = 500;
/** Most lines of a page towards the start. */
const maxPageLines = 5000;

/** Answers with lines until the end of the log, or with `follow` until the reader leaves. */
export async function sendLogs(
  response: http.ServerResponse,
  logs: ServerBackend['logs'],
  query: LogQuery,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/x-ndjson',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Tilt-Log-End': String(logs.checkpoint),
  });
  response.flushHeaders();
  if (query.search) await sendHits(response, logs, query.search, query.filter);
  else {
    const cursor = logs.openCursor(query.filter, query.place);
    try {
      if (query.isBackward) await write(response, await cursor.previous(Math.min(query.maxLines, maxPageLines)));
      else await sendLines(response, cursor, query);
    } finally {
      cursor.dispose();
    }
  }
  response.end();
}

async function sendHits(
  response: http.ServerResponse,
  logs: ServerBackend['logs'],
  search: NonNullable<LogQuery['search']>,
  filter: LogFilter,
): Promise<void> {
  const leaving = makeAbortController();
  response.once('close', () => leaving.abort());
  const { hits, isComplete } = await logs.search(
    { ...search, filter, direction: 'backward' },
    { signal: leaving.signal },
  );
  await write(response, hits);
  response.write(`${JSON.stringify({ isComplete })}\n`);
}

async function sendLines(response: http.ServerResponse, cursor: LogCursor, query: LogQuery): Promise<void> {
  let left = query.maxLines;
  while (left > 0) {
    const lines = await cursor.next(Math.min(batchLines, left));
    if (response.destroyed) return;
    left -= lines.length;
    if (lines.length === 0) {
      if (!query.isFollowing || !(await more(cursor, response))) return;
    } else if (!(await write(response, lines))) return;
  }
}

/** Resolves when the cursor has more (true) or the reader leaves (false). */
function more(cursor: LogCursor, response: http.ServerResponse): Promise<boolean> {
  return new Promise(resolve => {
    const settle = (hasMore: boolean) => (): void => {
      listening.dispose();
      response.off('close', closed);
      resolve(hasMore);
    };
    const closed = settle(false);
    const listening = cursor.onMore(settle(true));
    response.once('close', closed);
  });
}

/** Writes lines and waits until the reader has taken them; false when it is gone. */
function write(response: http.ServerResponse, lines: readonly LogLine[]): Promise<boolean> | boolean {
  const text = lines.map(line => `${JSON.stringify(toLogRecord(line))}\n`).join('');
  if (response.destroyed) return false;
  if (response.write(text)) return true;
  return drained(response);
}
