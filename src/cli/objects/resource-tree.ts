// Resources as a tree of who waits for whom (`tilt alpha tree-view`). Pure: the command fetches and prints.

export type TreeStatus =
  | 'ok'
  | 'pending'
  | 'building'
  | 'build pending'
  | 'build error'
  | 'runtime error'
  | 'not started'
  | 'unknown';

export interface TreeResource {
  readonly name: string;
  readonly status: TreeStatus;
  /** Names of what it waits for. */
  readonly dependsOn: readonly string[];
}

export interface TreeOptions {
  /** Only what is not well, and what waits for that. */
  readonly blockersOnly?: boolean;
  /** What stands below two resources is drawn in full once; the second time it says what else it waits for. */
  readonly dedupe?: boolean;
}

/** The lines of the tree, then the line of counts. */
export function drawTree(title: string, all: readonly TreeResource[], options: TreeOptions = {}): string {
  const resources = options.blockersOnly ? all.filter(isBlocker) : all;
  const tree = new Tree(resources, options.dedupe ?? false);
  const head = options.blockersOnly ? `Blocked resources for Tiltfile: ${title}` : `Tiltfile: ${title}`;
  return [head, ...tree.lines(options.blockersOnly ?? false), '', '---', countsLine(resources), ''].join('\n');
}

function isBlocker({ status }: TreeResource): boolean {
  return status !== 'ok' && status !== 'not started';
}

class Tree {
  readonly #children = new Map<string, TreeResource[]>();
  readonly #parents = new Map<string, readonly string[]>();
  readonly #resources: readonly TreeResource[];
  readonly #dedupe: boolean;
  readonly #shown = new Set<string>();
  #lines: string[] = [];

  constructor(resources: readonly TreeResource[], dedupe: boolean) {
    this.#resources = [...resources].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#dedupe = dedupe;
    const names = new Set(resources.map(resource => resource.name));
    for (const resource of this.#resources) {
      const parents = resource.dependsOn.filter(name => names.has(name));
      this.#parents.set(resource.name, parents);
      for (const parent of parents) this.#children.set(parent, [...(this.#children.get(parent) ?? []), resource]);
    }
  }

  /** `blockingFirst`: roots that hold up more stand above those that hold up less. */
  lines(blockingFirst: boolean): readonly string[] {
    const roots = this.#resources.filter(resource => this.#parents.get(resource.name)!.length === 0);
    const below = (resource: TreeResource): number => this.#children.get(resource.name)?.length ?? 0;
    if (blockingFirst) roots.sort((a, b) => below(b) - below(a));
    // In a circle nobody is first: then all stand side by side, and each shows what waits for it.
    this.#draw(roots.length > 0 ? roots : this.#resources, '', []);
    return this.#lines;
  }

  #draw(resources: readonly TreeResource[], indent: string, path: readonly string[]): void {
    for (const [i, resource] of resources.entries()) {
      const isLast = i === resources.length - 1;
      const isRepeated = this.#dedupe && this.#shown.has(resource.name);
      this.#shown.add(resource.name);
      const also = isRepeated ? this.#also(resource, path) : '';
      this.#lines.push(`${indent}${isLast ? '└── ' : '├── '}${resource.name} (${resource.status})${also}`);
      if (isRepeated || path.includes(resource.name)) continue;
      const next = this.#children.get(resource.name) ?? [];
      this.#draw(next, indent + (isLast ? '    ' : '│   '), [...path, resource.name]);
    }
  }

  #also({ name }: TreeResource, path: readonly string[]): string {
    const others = this.#parents.get(name)!.filter(parent => parent !== path.at(-1));
    return others.length > 0 ? ` [also depends on: ${others.join(', ')}]` : '';
  }
}

const pendingWords: ReadonlySet<TreeStatus> = new Set(['pending', 'build pending', 'not started', 'unknown']);

function countsLine(resources: readonly TreeResource[]): string {
  const count = (test: (status: TreeStatus) => boolean): number => resources.filter(r => test(r.status)).length;
  const counts: readonly (readonly [number, string])[] = [
    [count(status => status === 'ok'), 'ok'],
    [count(status => status === 'building'), 'building'],
    [count(status => pendingWords.has(status)), 'pending'],
    [count(status => status.endsWith('error')), 'errors'],
  ];
  const said = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `Resources: ${[`${resources.length} total`, ...said].join(', ')}`;
}
