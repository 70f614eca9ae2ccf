// The declarations that the package carries: a program of somebody else's compiles against them, and mistakes are seen.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';

const consumer = `
import {
  builtin, callFunction, defineBuiltin, EvalError, execFile, execFileInWorker, jsString, List, module, repr,
  StarlarkObject, StaticErrors, struct, type Value,
} from 'tilt-terminal/starlark';

class Vector extends StarlarkObject {
  readonly typeName = 'vector';
  override length(): number { return 2; }
}
const target = defineBuiltin(
  'target',
  [{ name: 'name', type: 'string' }, '*', { name: 'deps', type: 'list', optional: true }],
  (_thread, { name, deps }) => { name.toUpperCase(); deps?.elems.map(dep => jsString(dep as string)); return null; },
);
export const globals = execFile({
  filename: 'build.star',
  source: 'x = 1',
  options: { sets: true, while: true },
  predeclared: {
    target,
    host: struct({ name: 'example' }),
    tools: module('tools', { vector: new Vector() }),
    apply: builtin('apply', (thread, args, kwargs) => callFunction(thread, args[0]!, args.slice(1), kwargs)),
  },
  load: name => execFile({ filename: name, source: new Uint8Array() }),
  print: message => { message.trim(); },
  maxSteps: 1000,
});
export const x: Value | undefined = globals.get('x');
export const text: string = repr(new List([1, 'a', null]));
try {
  void execFileInWorker({ filename: 'f', source: '', print: message => { message.trim(); } });
} catch (error) {
  if (error instanceof EvalError) error.backtrace().trim();
  if (error instanceof StaticErrors) error.errors[0]?.line.toFixed();
}
// @ts-expect-error a source is no number
execFile({ filename: 'f', source: 1 });
// @ts-expect-error the name is a string
defineBuiltin('f', [{ name: 'name', type: 'string' }], (_thread, { name }) => name.toFixed());
`;

function tsc(args: readonly string[], cwd: string): string {
  const compiler = path.resolve('node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler, ...args], { cwd, encoding: 'utf8' }).stdout;
}

test('a consumer compiles against the declarations', t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'starlark-types-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  const packed = path.join(folder, 'node_modules/tilt-terminal');
  fs.mkdirSync(packed, { recursive: true });
  t.is(tsc(['-p', 'tsconfig.types.json', '--outDir', path.join(packed, 'dist/types')], '.'), '');
  for (const file of ['package.json', 'dist/types/package.json']) fs.copyFileSync(file, path.join(packed, file));
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  fs.writeFileSync(path.join(folder, 'use.ts'), consumer);
  const common = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--lib', 'es2022,dom'];
  t.is(tsc([...common, '--module', 'nodenext', 'use.ts'], folder), '');
  t.is(tsc([...common, '--module', 'esnext', '--moduleResolution', 'bundler', 'use.ts'], folder), '');
});
