// What to read of a session's log.
import type { LogLevel } from '../api/client.ts';

export interface LogQuery {
  /** Empty or left out: all. */
  readonly resources?: readonly string[];
  /** That level and above. */
  readonly minLevel?: LogLevel;
  readonly source?: 'build' | 'runtime';
  /** Time of the oldest line, ms since 1970. */
  readonly sinceMs?: number;
  /** Only so many of the lines there are. */
  readonly tail?: number;
  readonly follow?: boolean;
}

/** The query of `GET /api/logs`. */
export function toQueryString(query: LogQuery): string {
  const { resources = [], minLevel, source, sinceMs, tail, follow = false } = query;
  const pairs = resources.map(name => ['resource', name] as const);
  return new URLSearchParams([
    ...pairs.map(([key, value]) => [key, value] as [string, string]),
    ...(minLevel ? [['level', minLevel] as [string, string]] : []),
    ...(source ? [['source', source] as [string, string]] : []),
    ...(sinceMs === undefined ? [] : [['since', new Date(sinceMs).toISOString()] as [string, string]]),
    ...(tail === undefined ? [] : [['tail', String(tail)] as [string, string]]),
    ...(follow ? [['follow', '1'] as [string, string]] : []),
  ]).toString();
}
