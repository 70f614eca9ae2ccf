// The house rules, read off every import: who may know whom, which parts of Node each room may use, and no cycles.
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';

/** Rooms and their floor. A room imports only from lower floors; equal floors never import each other. */
const floors: Record<string, number> = {
  base: 0,
  starlark: 1,
  terminal: 1,
  api: 1,
  domain: 1,
  store: 2,
  logs: 2,
  state: 2,
  adapters: 2,
  tiltfile: 3,
  engine: 3,
  build: 3,
  exit: 4,
  snapshot: 4,
  controllers: 4,
  server: 5,
  client: 5,
  tui: 5,
  webui: 5,
  app: 6,
  cli: 7,
};
/** Extra permissions and prohibitions on top of the floors. */
const alsoAllowed: Record<string, string[]> = { controllers: ['exit', 'snapshot'] };
const only: Record<string, string[]> = { engine: ['api', 'base', 'domain'], starlark: ['base'] };
const never: Record<string, string[]> = { tui: ['store'] };
const ioModules =
  /^node:(fs|fs\/promises|net|tls|http|https|http2|child_process|dgram|dns|dns\/promises|worker_threads|tty|readline)$/;
const ioRooms = new Set(['adapters', 'state', 'logs', 'terminal', 'server', 'client']);
const ioFiles = new Set([
  'main.ts',
  'tiltfile/worker.ts',
  'starlark/worker.ts',
  'starlark/in-worker.ts',
  'tiltfile/start-worker.ts',
  'tiltfile/tiltfile-thread.ts',
  'tiltfile/worker-protocol.ts',
]);

interface Import {
  from: string;
  line: number;
  target: string;
}

const src = path.resolve('src');

function sourceFiles(): string[] {
  return (fs.readdirSync(src, { recursive: true }) as string[]).filter(f => f.endsWith('.ts')).sort();
}

function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(src, file), 'utf8');
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;
  for (const match of text.matchAll(pattern)) {
    const target = match[1] ?? match[2] ?? match[3]!;
    const at = match.index + match[0].lastIndexOf(target);
    found.push({ from: file, line: text.slice(0, at).split('\n').length, target });
  }
  return found;
}

function room(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

function resolved(imported: Import): string {
  return path.relative(src, path.resolve(src, path.dirname(imported.from), imported.target));
}

function broken(imported: Import): string | undefined {
  const own = room(imported.from);
  const where = `src/${imported.from}:${imported.line}`;
  if (!imported.target.startsWith('.')) {
    if (!ioModules.test(imported.target) || own === '' || ioRooms.has(own) || ioFiles.has(imported.from))
      return undefined;
    return `${where}: '${imported.target}' belongs behind adapters/ (rule: input and output of Node)`;
  }
  if (!imported.target.endsWith('.ts') && !imported.target.endsWith('.json'))
    return `${where}: write the file's ending in '${imported.target}' (rule: endings)`;
  const target = resolved(imported);
  const other = room(target);
  if (own === '' || own === other || other === '..') return undefined;
  if (!(own in floors)) return `${where}: the room '${own}' is not in the plan (docs/ARCHITECTURE.md)`;
  if (!(other in floors)) return `${where}: '${imported.target}' leads to a room that is not in the plan`;
  if (only[own] && !only[own].includes(other))
    return `${where}: ${own} may only import ${only[own].join(', ')}, not ${other}`;
  if (never[own]?.includes(other)) return `${where}: ${own} must not import ${other}`;
  if (alsoAllowed[own]?.includes(other)) return undefined;
  if (floors[other]! >= floors[own]!)
    return `${where}: ${own} (floor ${floors[own]}) must not import ${other} (floor ${floors[other]})`;
  return undefined;
}

function findCycle(graph: Map<string, string[]>): string[] | undefined {
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  function visit(file: string): string[] | undefined {
    if (state.get(file) === 'done') return undefined;
    if (state.get(file) === 'open') return [...trail.slice(trail.indexOf(file)), file];
    state.set(file, 'open');
    trail.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    trail.pop();
    state.set(file, 'done');
    return undefined;
  }
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}

test('every import follows the plan of the house', t => {
  const problems = sourceFiles()
    .flatMap(file => importsOf(file).map(broken))
    .filter(p => p !== undefined);
  t.deepEqual(problems, []);
});

test('no file imports itself by way of others, type imports included', t => {
  const graph = new Map(
    sourceFiles().map(file => [
      file,
      importsOf(file)
        .filter(i => i.target.startsWith('.'))
        .map(resolved),
    ]),
  );
  t.is(findCycle(graph)?.join(' -> '), undefined);
});

test('process is used only where the process is the subject', t => {
  const allowed =
    /^(main\.ts|tiltfile\/worker(-entry)?\.ts|starlark\/worker\.ts|terminal\/lifecycle.*\.ts|adapters\/exec\/.*\.ts)$/;
  const problems: string[] = [];
  for (const file of sourceFiles()) {
    if (allowed.test(file)) continue;
    const lines = fs.readFileSync(path.join(src, file), 'utf8').split('\n');
    lines.forEach((line, i) => {
      const code = /^\s*(\*|\/\*)/.test(line) ? '' : line.replace(/\/\/.*$/, '');
      if (/(?<![\w.$'"`/-])process\.(?!\.)/.test(code)) problems.push(`src/${file}:${i + 1}: ${line.trim()}`);
    });
  }
  t.deepEqual(problems, []);
});
