// Where a build or a run begins in the log. A mark over the whole pane stands there, so that the eye finds it, and the keys
// for sections go there. Where the log announces what begins, that line is the mark; the output of a container begins
// without a word, and the mark has a row of its own.
import type { LogLine } from '../api/client.ts';

const announcement = 'Running cmd: ';

/** True for the line that announces a build or a run of a server. */
export function isSectionHead(line: LogLine): boolean {
  if (line.buildEvent === 'init') return line.text !== '';
  return line.isSpanStart === true && line.spanId.startsWith('localserve:') && line.text.startsWith(announcement);
}

/** What the mark above a line says that is the first of a run and does not announce it; undefined for other lines. */
export function markAbove(line: LogLine): string | undefined {
  if (line.isSpanStart !== true || isSectionHead(line)) return undefined;
  const [, kind, rest = ''] = /^(localserve|pod|container|compose):(.*)$/s.exec(line.spanId) ?? [];
  if (kind === undefined) return undefined;
  if (kind === 'localserve') return 'server';
  // `pod:RESOURCE:POD`, and for a container that was started again `pod:RESOURCE:POD:CONTAINER:COUNT:WHY`.
  const [name = '', container, , why] = rest.slice(line.resource.length + 1).split(':');
  if (container !== undefined) return `${container} restarted${why ? `, ${why}` : ''}`;
  return `${kind === 'pod' ? 'pod' : 'container'} ${name}`;
}

/** The empty line that streams put before a build; the pane has the mark instead. */
export function isBlankHead(line: LogLine): boolean {
  return line.buildEvent === 'init' && line.text === '';
}
