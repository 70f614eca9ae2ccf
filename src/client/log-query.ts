// What to read of a session's log.
import type { LogLevel, LogWord } from '../api/client.ts';

export interface LogQuery {
  /** Empty or left out: all. */
  readonly resources?: readonly string[];
  /** That level and above. */
  readonly minLevel?: LogLevel;
  readonly source?: 'build' | 'runtime';
  /** Time of the oldest line, ms since 1970. */
  readonly sinceMs?: number;
  /** What lines must say, all of it. */
  readonly words?: readonly LogWord[];
  /** Only so many of the lines there are. */
  readonly tail?: number;
  readonly follow?: boolean;
  /** Lines behind the line with this id. */
  readonly after?: number;
  /** Lines before the line with this id. */
  readonly before?: number;
  /** At most so many lines. */
  readonly limit?: number;
}

/** The query of `GET /api/logs`. */
export function toQueryString(query: LogQuery): string {
  const { resources = [], words = [], minLevel, source, sinceMs, tail, follow = false, after, before, limit } = query;
  const pairs: (readonly [string, string | number | undefined])[] = [
    ...resources.map(name => ['resource', name] as const),
    ...words.map(word => ['word', JSON.stringify(word)] as const),
    ['level', minLevel],
    ['source', source],
    ['since', sinceMs === undefined ? undefined : new Date(sinceMs).toISOString()],
    ['tail', tail],
    ['follow', follow ? 1 : undefined],
    ['after', after],
    ['before', before],
    ['limit', limit],
  ];
  const given = pairs.filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]);
  return new URLSearchParams(given as [string, string][]).toString();
}
