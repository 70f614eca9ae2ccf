// The commands that ran, as the log announces them; for what went to a cluster through its API, the kubectl command that does the same. Pure.
// Does not: read the log.
import type { LogLine, LogWord } from '../api/client.ts';
import { clockTime } from './ages.ts';
import { plainText } from './plain-text.ts';

export interface RanCommand {
  readonly timeMs: number;
  /** '' for none. */
  readonly resource: string;
  /** As it can be typed. */
  readonly text: string;
}

export interface CommandPlaces {
  /** '' for the current one. */
  readonly context: string;
  /** Where an object of a resource is; '' for one without a namespace, or one that nobody knows. */
  readonly namespaceOf: (resource: string, object: { readonly kind: string; readonly name: string }) => string;
}

const applied = 'Objects applied to cluster:';
const deleted = 'Deleting kubernetes objects:';

/** What the lines say that tell of commands, and of objects that were applied and deleted. */
export const commandLines: LogWord = {
  pattern: `^\\s*(?:Running cmd: |(?:local|kubectl|docker|helm): |${applied}$|${deleted}$|→ )`,
  isRegex: true,
  isCaseSensitive: true,
};

interface Group {
  readonly timeMs: number;
  readonly resource: string;
  readonly isDeletion: boolean;
  readonly objects: { readonly kind: string; readonly name: string }[];
}

/** Oldest first. */
export function commandsIn(lines: readonly LogLine[], places: CommandPlaces): RanCommand[] {
  const found: (RanCommand | Group)[] = [];
  /** By span: the list of objects that goes on. */
  const open = new Map<string, Group>();
  for (const line of lines) {
    const { timeMs, resource, spanId } = line;
    const text = plainText(line).trim();
    const object = /^→ (.+)$/.exec(text)?.[1];
    if (object !== undefined) {
      open.get(spanId)?.objects.push(readObject(object));
      continue;
    }
    open.delete(spanId);
    if (text === applied || text === deleted) {
      const group = { timeMs, resource, isDeletion: text === deleted, objects: [] };
      open.set(spanId, group);
      found.push(group);
    } else
      found.push({ timeMs, resource, text: text.replace(/^(?:Running cmd|local): /, '').replace(/^(\w+): /, '$1 ') });
  }
  return found.flatMap(entry => ('objects' in entry ? kubectlCommands(entry, places) : [entry]));
}

/** `web:deployment:shop` where it was applied, `Deployment/web` where it was deleted. */
function readObject(text: string): { kind: string; name: string } {
  const slash = text.indexOf('/');
  if (slash > 0) return { kind: text.slice(0, slash).toLowerCase(), name: text.slice(slash + 1) };
  const [name = '', kind = ''] = text.split(':');
  return { kind, name };
}

function kubectlCommands({ timeMs, resource, isDeletion, objects }: Group, places: CommandPlaces): RanCommand[] {
  const kubectl = places.context === '' ? 'kubectl' : `kubectl --context ${places.context}`;
  const names = objects.map(({ kind, name }) => `${kind}/${name}`);
  if (names.length === 0) return [];
  if (!isDeletion) return [{ timeMs, resource, text: `${kubectl} apply -f -  # ${names.join(' ')}` }];
  const byNamespace = new Map<string, string[]>();
  for (const [i, object] of objects.entries()) {
    const namespace = places.namespaceOf(resource, object);
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), names[i]!]);
  }
  return [...byNamespace].map(([namespace, own]) => {
    const where = namespace === '' ? '' : ` --namespace ${namespace}`;
    return { timeMs, resource, text: `${kubectl}${where} delete ${own.join(' ')}` };
  });
}

/** `10:02:29  web  make web`; the context of a cluster is copied, but says nothing on every row. */
export function commandTitle({ timeMs, resource, text }: RanCommand): string {
  const shown = text.replace(/^kubectl --context \S+/, 'kubectl').replaceAll('\n', ' ');
  return `${clockTime(timeMs)}  ${resource === '' ? '' : `${resource}  `}${shown}`;
}
