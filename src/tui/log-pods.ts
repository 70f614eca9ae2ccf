// Which pod a line is from, and whether those of a resource talk in turns: then each line says whose it is. One pod after
// the other, as an update brings them, is told by the marks above their first lines.
// Does not: know containers; their names stand in the lines where a pod has several.
import type { LogLine } from '../api/client.ts';
import { textWidth } from '../base/text-width.ts';
import type { LogWindow } from './log-window.ts';

/** Longer marks are cut; what a Deployment gives its pods has five letters. */
const maxMarkColumns = 8;
const gapColumns = 1;

/** Name of the line's pod; undefined for lines of anything else. */
export function podOf({ spanId, resource }: Pick<LogLine, 'spanId' | 'resource'>): string | undefined {
  if (!spanId.startsWith('pod:')) return undefined;
  const rest = spanId.slice('pod:'.length + resource.length + 1);
  const end = rest.indexOf(':');
  return (end < 0 ? rest : rest.slice(0, end)) || undefined;
}

/** What tells it from its brothers: the last part of its name. */
export function podMark(pod: string): string {
  return pod.slice(pod.lastIndexOf('-') + 1) || pod;
}

interface Seen {
  version: number;
  firstId: number;
  lastId: number;
  isMixed: boolean;
  columns: number;
  /** By resource: its pods, and the one that spoke last. */
  readonly resources: Map<string, { readonly pods: Set<string>; last: string }>;
}

const seenOf = new WeakMap<LogWindow, Seen>();

/** Columns for the marks of pods before the lines, with their gap; 0 while no two pods of a resource talk in turns. */
export function podColumns(window: LogWindow): number {
  const seen = lookAt(window);
  return seen.isMixed ? Math.min(maxMarkColumns, seen.columns) + gapColumns : 0;
}

/** Only what came since is looked at; who scrolls to earlier lines has all looked at again. */
function lookAt(window: LogWindow): Seen {
  const known = seenOf.get(window);
  if (known?.version === window.version) return known;
  const firstId = window.lines[0]?.id ?? -1;
  const isAhead = known !== undefined && firstId >= known.firstId;
  const seen: Seen = isAhead
    ? known
    : { version: -1, firstId, lastId: -1, isMixed: known?.isMixed === true, columns: 0, resources: new Map() };
  seen.version = window.version;
  seen.firstId = firstId;
  for (let i = window.indexOf(seen.lastId + 1); i < window.length; i++) take(seen, window.lines[i]!);
  seen.lastId = Math.max(seen.lastId, window.lines.at(-1)?.id ?? -1);
  seenOf.set(window, seen);
  return seen;
}

function take(seen: Seen, line: LogLine): void {
  const pod = podOf(line);
  if (pod === undefined) return;
  const own = seen.resources.get(line.resource);
  if (!own) seen.resources.set(line.resource, { pods: new Set([pod]), last: pod });
  else if (own.last === pod) return;
  else {
    if (own.pods.has(pod)) seen.isMixed = true;
    own.pods.add(pod);
    own.last = pod;
  }
  seen.columns = Math.max(seen.columns, textWidth(podMark(pod)));
}
