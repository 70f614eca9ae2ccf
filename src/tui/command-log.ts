// The commands that ran, as the log announces them; for what went to a cluster through its API, the kubectl command that does the same. Pure.
// Does not: read the log.
import type { LogLine } from '../api/client.ts';
import { clockTime } from './ages.ts';
import { plainText } from './plain-text.ts';

export interface RanCommand {
  readonly timeMs: number;
  /** '' for none. */
  readonly resource: string;
  /** As it can be typed. */
  readonly text: string;
  /** In one line, where the text is long. */
  readonly short?: string;
}

export interface CommandPlaces {
  /** '' for the current one. */
  readonly context: string;
  /** Where an object of a resource is; '' for one without a namespace, or one that nobody knows. */
  readonly namespaceOf: (resource: string, object: NamedObject) => string;
  /** The object's YAML as it was applied last; '' where nobody knows. */
  readonly yamlOf: (resource: string, object: NamedObject) => string;
}

interface NamedObject {
  readonly kind: string;
  readonly name: string;
}

const applied = 'Objects applied to cluster:';
const deleted = 'Deleting kubernetes objects:';

interface Group {
  readonly timeMs: number;
  readonly resource: string;
  readonly isDeletion: boolean;
  readonly objects: NamedObject[];
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
function readObject(text: string): NamedObject {
  const slash = text.indexOf('/');
  if (slash > 0) return { kind: text.slice(0, slash).toLowerCase(), name: text.slice(slash + 1) };
  const [name = '', kind = ''] = text.split(':');
  return { kind, name };
}

function kubectlCommands({ timeMs, resource, isDeletion, objects }: Group, places: CommandPlaces): RanCommand[] {
  const kubectl = places.context === '' ? 'kubectl' : `kubectl --context ${places.context}`;
  const names = objects.map(({ kind, name }) => `${kind}/${name}`);
  if (names.length === 0) return [];
  if (!isDeletion) {
    const short = `${kubectl} apply -f -  # ${names.join(' ')}`;
    const parts = objects.map(object => applicable(places.yamlOf(resource, object)));
    // Half of it would be another command.
    if (parts.includes('')) return [{ timeMs, resource, text: short }];
    return [{ timeMs, resource, short, text: `${kubectl} apply -f - <<'EOF'\n${parts.join('---\n')}EOF` }];
  }
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

const madeByServer = /^ {2}(?:resourceVersion|uid|creationTimestamp|generation|selfLink):/;

/** YAML of an object as the cluster gave it back, without what only a cluster writes: it can be applied again. */
export function applicable(yaml: string): string {
  const kept: string[] = [];
  let inside: RegExp | undefined;
  for (const line of yaml.trimEnd().split('\n')) {
    if (inside?.test(line)) continue;
    inside = /^status:/.test(line) ? /^[ -]/ : /^ {2}managedFields:/.test(line) ? /^ {2}[ -]/ : undefined;
    if (inside || madeByServer.test(line)) continue;
    kept.push(line);
  }
  return kept.join('').trim() === '' ? '' : `${kept.join('\n')}\n`;
}

/** `10:02:29  web  make web`; the context of a cluster is copied, but says nothing on every row. */
export function commandTitle({ timeMs, resource, text, short = text }: RanCommand): string {
  const shown = short.replace(/^kubectl --context \S+/, 'kubectl').replaceAll('\n', ' ');
  return `${clockTime(timeMs)}  ${resource === '' ? '' : `${resource}  `}${shown}`;
}
