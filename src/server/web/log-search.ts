// GET /api/logs/find: which lines have a text, as ids, for screens of other processes. Query: that of /api/logs, `find` for
// the search as JSON. GET /api/logs/sections: where builds and runs begin; with `after` only those behind a line's id.
import type { LogMatches, LogSearch, LogSection } from '../../api/client.ts';
import type { ServerBackend } from '../backend.ts';
import { readLogQuery } from './log-stream.ts';
import { isText, LogQueryError, parseObject } from './log-words.ts';

/** Ids of one answer. */
const maxIds = 100_000;

export function findInLogs(
  logs: ServerBackend['logs'],
  query: URLSearchParams,
  at: { readonly nowMs: number; readonly signal: AbortSignal },
): Promise<LogMatches> {
  const { filter } = readLogQuery(query, at.nowMs);
  const search = parseObject('find', query.get('find') ?? '') as Partial<LogSearch>;
  const { afterId, beforeId, orLevel } = search;
  if (!isText(search.text)) throw new LogQueryError('find: want {"text": {"pattern": "..."}}');
  const wanted = Math.min(Number(search.maxIds ?? maxIds) || maxIds, maxIds);
  return logs.find(
    {
      text: search.text,
      filter,
      maxIds: wanted,
      ...(typeof afterId === 'number' ? { afterId } : {}),
      ...(typeof beforeId === 'number' ? { beforeId } : {}),
      ...(orLevel === 'warn' || orLevel === 'error' ? { orLevel } : {}),
    },
    { signal: at.signal },
  );
}

export function logSections(logs: ServerBackend['logs'], query: URLSearchParams): readonly LogSection[] {
  const after = Number(query.get('after') ?? -1);
  return logs.sections().filter(({ id }) => !(id <= after));
}
