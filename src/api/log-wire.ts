// Log lines as they travel over HTTP: one JSON object a line (`GET /api/logs`). The first keys and their order are those
// of `tilt logs --json` (reference 5.3), with the event's own time.
import type { LogLevel, LogLine } from './client.ts';

export interface LogRecord {
  /** RFC 3339 with milliseconds. */
  readonly time: string;
  readonly resource: string;
  readonly level: string;
  readonly message: string;
  readonly spanID: string;
  readonly progressID?: string;
  readonly buildEvent?: string;
  readonly source: 'build' | 'runtime';
  readonly id: number;
  /** First line of a warning or an error. */
  readonly anchor?: true;
  /** No newline yet; the whole line follows under the same id. */
  readonly partial?: true;
}

export function toLogRecord(line: LogLine): LogRecord {
  return {
    time: new Date(line.timeMs).toISOString(),
    resource: line.resource,
    level: line.level.toUpperCase(),
    message: line.text,
    spanID: line.spanId,
    ...(line.progressId === undefined ? {} : { progressID: line.progressId }),
    ...(line.buildEvent === undefined ? {} : { buildEvent: line.buildEvent }),
    source: line.source,
    id: line.id,
    ...(line.isAnchor ? { anchor: true } : {}),
    ...(line.isPartial ? { partial: true } : {}),
  };
}

const levels: ReadonlySet<string> = new Set(['debug', 'verbose', 'info', 'warn', 'error']);

/** The level of that name in any case, or undefined. `warning` and `err` are understood too. */
export function parseLogLevel(text: string): LogLevel | undefined {
  const name = text.toLowerCase();
  if (name === 'warning') return 'warn';
  if (name === 'err') return 'error';
  return levels.has(name) ? (name as LogLevel) : undefined;
}

export function fromLogRecord(record: LogRecord): LogLine {
  return {
    id: record.id,
    timeMs: Date.parse(record.time),
    resource: record.resource,
    spanId: record.spanID,
    level: parseLogLevel(record.level) ?? 'info',
    isAnchor: record.anchor === true,
    source: record.source,
    text: record.message,
    ...(record.buildEvent === undefined ? {} : { buildEvent: record.buildEvent }),
    ...(record.progressID === undefined ? {} : { progressId: record.progressID }),
    ...(record.partial ? { isPartial: true } : {}),
  };
}
