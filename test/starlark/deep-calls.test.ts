// Recursion: functions run as generators from some depth on, and nobody can tell.
import test from 'ava';
import {
  builtin,
  callFunction,
  everythingAllowed,
  execFile,
  repr,
  StarlarkEvalError,
} from '../../src/starlark/index.ts';

function run(source: string): string {
  try {
    return repr(execFile({ filename: 'f', source, options: everythingAllowed }).get('x')!);
  } catch (error) {
    if (!(error instanceof StarlarkEvalError)) throw error;
    return error.backtrace();
  }
}

/** Programs with what they give for a depth n. */
const programs: readonly [string, string, (n: number) => string][] = [
  ['a sum', 'def f(n): return 0 if n == 0 else 1 + f(n - 1)\nx = f(N)', n => `${n}`],
  ['a lambda', 'f = lambda n: n == 0 or f(n - 1)\nx = f(N)', () => 'True'],
  [
    'every way to call',
    `
def f(n, *args, k = 0, **rest):
    if n == 0: return (args, k, rest)
    if n % 4 == 3: return f(n - 1, 1, 2, k = 5, z = 3)
    if n % 4 == 1: return f(n - 1, *args, **{"k": k})
    if n % 4 == 2: return f(n - 1, args, rest, 7, k = k)
    return f(n - 1)
x = f(N)
`,
    n => (n % 4 === 0 ? '(((1, 2), {"z": 3}, 7), 5, {})' : '?'),
  ],
  [
    'loops, comprehensions and closures around the call',
    `
def f(n):
    def g(m): return f(m) if m >= 0 else 0
    total = 0
    for i in range(2):
        total += ([g(n - 1) for _ in [n] if i == 0] or [1])[0]
    return total
x = f(N)
`,
    n => `${n + 1}`,
  ],
  [
    'two functions',
    'def a(n): return n == 0 or b(n - 1)\ndef b(n): return n != 0 and a(n - 1)\nx = a(N)',
    n => (n % 2 === 0 ? 'True' : 'False'),
  ],
];

for (const [name, source, wanted] of programs) {
  test(`${name}: the same at every depth`, t => {
    for (const n of [8, 100, 196, 200, 204, 400, 1000].flatMap(n =>
      name === 'every way to call' ? n : [n, n + 1, n + 2],
    )) {
      t.is(run(source.replace('N', String(n))), wanted(n), `depth ${n}`);
    }
  });
}

test('as deep as 100,000 calls, then an error of the program', t => {
  t.is(run('def f(n): return 0 if n == 0 else 1 + f(n - 1)\nx = f(99000)'), '99000');
  const endless = run('def f(n):\n  for i in [n]:\n    f(n + 1)\nf(0)').split('\n');
  t.is(endless[21], `  ... ${100_000 - 40} more calls ...`);
  t.deepEqual(endless.slice(0, 3), ['Traceback (most recent call last):', '  f:4:2: in <toplevel>', '  f:3:6: in f']);
  t.is(endless.at(-1), 'Error: Starlark stack overflow');
});

test('a failure ends the loops of all callers and tells where it happened', t => {
  const source = 'l = [1]\ndef f(n):\n  for i in l:\n    if n == 0: return 1 // 0\n    return f(n - 1)\n';
  const attempt = builtin('attempt', (thread, [f, n]) => {
    try {
      return callFunction(thread, f!, [n!]);
    } catch (error) {
      return (error as StarlarkEvalError).callStack
        .map(({ position }) => position.line)
        .slice(-2)
        .join(' ');
    }
  });
  const globals = execFile({
    filename: 'f',
    source: `${source}where = attempt(f, 500)\nl.append(2)\nagain = attempt(f, 500)`,
    options: everythingAllowed,
    predeclared: { attempt },
  });
  t.is(globals.get('where'), '5 4');
  t.is(globals.get('again'), '5 4');
  t.is(repr(globals.get('l')!), '[1, 2]');
});

test('callbacks of builtins may recur until the stack is full', t => {
  const error = run('def f(n): return sorted([1, 2], key = lambda i: f(n + 1))\nf(0)');
  t.regex(error, /Error( in sorted)?: Starlark stack overflow$/);
});

test('tracebacks of very deep calls show their ends', t => {
  const deep = (n: number): string[] => run(`def f(n):\n  if n == 0: fail("end")\n  f(n - 1)\nx = f(${n})`).split('\n');
  t.is(deep(150).length, 1 + 1 + 151 + 1);
  const shown = deep(5000);
  t.is(shown.length, 1 + 20 + 1 + 20 + 1);
  t.is(shown[1], '  f:4:6: in <toplevel>');
  t.is(shown[21], '  ... 4962 more calls ...');
  t.is(shown[41], '  f:2:18: in f');
  t.is(shown[42], 'Error in fail: fail: end');
});
