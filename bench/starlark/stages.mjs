// Parsing and compiling 1 MB of source in a fresh process, and what 10,000 different programs leave in memory.
// Needs a build: `npm run build && node --expose-gc bench/starlark/stages.mjs`.
import { compile, execFile, parse } from '../../dist/starlark.mjs';

function makeSource(bytes) {
  const parts = ['foo = 1\n'];
  let size = 0;
  for (let i = 0; size < bytes; i++) {
    const part = [
      `def func_${i}(a, b = ${i}, *args):`,
      `    x = [a + ${i}, "str%d" % b, {"k": a}]`,
      '    if a > b:',
      '        return foo(x[0], bar = a.baz)',
      `    return [y for y in x if y != ${i}]\n\n`,
    ].join('\n');
    parts.push(part);
    size += part.length;
  }
  return Buffer.from(parts.join('')).toString();
}

function timed(name, action) {
  const start = performance.now();
  action();
  console.log(`${name.padEnd(32)} ${(performance.now() - start).toFixed(0).padStart(6)} ms`);
}

const source = makeSource(1_000_000);
timed('parse 1 MB, first', () => parse({ filename: 'big', source }));
timed('parse 1 MB, again', () => parse({ filename: 'big', source }));
timed('compile 1 MB', () => compile({ filename: 'big', source }));
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
timed('10,000 programs', () => {
  for (let i = 0; i < 10_000; i++) {
    execFile({ filename: `p${i}`, source: `x_${i} = ${i}\ndef f_${i}(a): return [a, "s${i}"]\ny = f_${i}(x_${i})\n` });
  }
});
globalThis.gc?.();
console.log(
  `${'left in the heap'.padEnd(32)} ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(1).padStart(6)} MB`,
);
