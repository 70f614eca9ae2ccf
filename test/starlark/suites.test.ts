// The suites: Starlark files of chunks, each run on its own. `eq` and `fails` come from the host; a line that must fail
// names the error as a regular expression behind ###. A chunk turns options on with words like option:recursion.
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {
  builtin,
  callFunction,
  type DialectOptions,
  equal,
  execFile,
  freeze,
  json,
  jsString,
  math,
  repr,
  StarlarkEvalError,
  StaticErrors,
  struct,
  time,
} from '../../src/starlark/index.ts';

const folder = path.resolve('test/starlark/suites');

interface Chunk {
  readonly source: string;
  readonly line: number;
  readonly wanted: Map<number, RegExp>;
}

function chunksOf(text: string): Chunk[] {
  let line = 1;
  return text.split('\n---\n').map(body => {
    const lines = body.split('\n');
    const wanted = new Map<number, RegExp>();
    lines.forEach((content, i) => {
      const marked = /###\s*(".*")\s*$/.exec(content);
      if (marked) wanted.set(line + i, new RegExp(JSON.parse(marked[1]!) as string));
    });
    const chunk = { source: '\n'.repeat(line - 1) + body, line, wanted };
    line += lines.length + 1;
    return chunk;
  });
}

function optionsOf(source: string): DialectOptions {
  const has = (name: string): boolean => source.includes(`option:${name}`);
  return {
    sets: has('set'),
    while: has('while'),
    recursion: has('recursion'),
    topLevelControl: has('toplevelcontrol'),
    globalReassign: has('globalreassign'),
  };
}

const predeclared = {
  eq: builtin('eq', (_thread, [x, y]) => {
    if (!equal(x!, y!)) throw new Error(`got ${repr(x!)}, want ${repr(y!)}`);
    return null;
  }),
  fails: builtin('fails', (thread, [fn, pattern]) => {
    let message: string;
    try {
      callFunction(thread, fn!);
      message = '(no failure)';
    } catch (error) {
      message = (error as Error).message;
    }
    if (!new RegExp(jsString(pattern as string)).test(message)) {
      throw new Error(`failed with "${message}", want ${repr(pattern!)}`);
    }
    return null;
  }),
  freeze: builtin('freeze', (_thread, [x]) => freeze(x!)),
  json,
  math,
  struct,
  time,
};

/** What went wrong in a chunk: line and message of each error. */
function errorsOf(filename: string, chunk: Chunk): [number, string][] {
  try {
    execFile({ filename, source: chunk.source, options: optionsOf(chunk.source), predeclared, print: () => {} });
    return [];
  } catch (error) {
    if (error instanceof StaticErrors) return error.errors.map(e => [e.line, e.message]);
    if (!(error instanceof StarlarkEvalError)) throw error;
    const frame = error.callStack.findLast(f => f.position.file === filename);
    return [[frame?.position.line ?? 0, error.message]];
  }
}

for (const file of fs.readdirSync(folder).sort()) {
  const filename = path.join(folder, file);
  for (const chunk of chunksOf(fs.readFileSync(filename, 'utf8'))) {
    test(`${file}:${chunk.line}`, t => {
      const open = new Map(chunk.wanted);
      const surprises = errorsOf(file, chunk).filter(([line, message]) => {
        const pattern = open.get(line);
        open.delete(line);
        return !pattern?.test(message);
      });
      t.deepEqual(surprises, []);
      t.deepEqual([...open], []);
    });
  }
}
