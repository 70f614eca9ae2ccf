// Hostile and broken programs: a diagnostic or the right value, never a crash, never anything of JavaScript.
import test from 'ava';
import {
  everythingAllowed,
  execFile,
  repr,
  StarlarkEvalError,
  StaticErrors,
  struct,
} from '../../src/starlark/index.ts';

/** The outcome in one line: value of x, or the first error. */
function outcome(source: string | Uint8Array): string {
  try {
    const globals = execFile({
      filename: 'f',
      source,
      options: everythingAllowed,
      predeclared: { struct },
      maxSteps: 1e6,
    });
    const x = globals.get('x');
    return x === undefined ? 'fine' : repr(x);
  } catch (error) {
    if (error instanceof StaticErrors) return error.message;
    if (error instanceof StarlarkEvalError) return `Error: ${error.message}`;
    throw error;
  }
}

const deep = /^f:\d+:\d+: (nested too deeply|the program is nested too deeply)/;
const nested: [name: string, source: string][] = [
  ['brackets', `x = ${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['open brackets', '['.repeat(100_000)],
  ['parentheses', `x = ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['braces', '{'.repeat(100_000)],
  ['dicts', `x = ${'{1:'.repeat(100_000)}`],
  ['calls', `x = ${'f('.repeat(100_000)}`],
  ['not', `x = ${'not '.repeat(100_000)}1`],
  ['minus', `x = ${'-'.repeat(100_000)}1`],
  ['lambdas', `x = ${'lambda: '.repeat(100_000)}1`],
  ['conditionals', `x = ${'1 if 0 else '.repeat(100_000)}1`],
  ['blocks', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}if True:`).join('\n')],
];
for (const [name, source] of nested) {
  test(`100,000 levels of ${name}`, t => t.regex(outcome(source), deep));
}

test('nesting that people might write works', t => {
  t.is(outcome(`x = len(${'['.repeat(1000)}${']'.repeat(1000)})`), '1');
  t.is(outcome(`x = type(${'{"a": '.repeat(1000)}1${'}'.repeat(1000)})`), '"dict"');
  t.is(outcome(`x = "a"${'.upper()'.repeat(50_000)}`), '"A"');
  const loop = 'def f():\n  s = "abc"\n  for _ in range(200): s = s[:-1].upper().join("xy".elems())\n  return s\n';
  t.is(outcome(`x = "abc"${'[:-1].upper().join("xy".elems())'.repeat(200)}`), outcome(`${loop}x = f()`));
  t.is(outcome(`l = [0]\nx = ${'l['.repeat(1000)}0${']'.repeat(1000)}`), '0');
  t.is(outcome(`x = len(${Array(50_000).fill('[1]').join(' + ')})`), '50000');
  t.is(outcome(`x = ""${'.a'.repeat(100_000)}`), 'Error: string has no .a field or method');
  t.is(outcome(`x = ${Array(20_000).fill('1').join(' + ')}`), '20000');
  t.is(outcome(`x = 1${' and 1'.repeat(20_000)} and 7`), '7');
  t.is(outcome(`x = 0${' or 0'.repeat(20_000)} or 8`), '8');
  t.is(
    outcome(
      `y = 4000\nif y == 0: x = 0\n${Array.from({ length: 5000 }, (_, i) => `elif y == ${i}: x = ${i}`).join('\n')}`,
    ),
    '4000',
  );
  t.is(outcome(`def f(x): return x + 1\nx = ${'f('.repeat(200)}0${')'.repeat(200)}`), '200');
  t.is(outcome(`x = ${'['.repeat(50)}1${' for _ in [0]]'.repeat(50)} == []`), 'False');
});

test('calls nested deeper than JavaScript could follow', t => {
  t.is(outcome('def f(n): return f(n + 1) + 1\nx = f(0)'), 'Error: Starlark stack overflow');
  t.is(outcome('def f(n): return sorted([1, 2], key = lambda _: f(n))\nx = f(0)'), 'Error: Starlark stack overflow');
});

test('sizes beyond all limits', t => {
  t.regex(outcome('x = "ab" * (1 << 29)'), /^Error: excessive repeat \(2 \* 536870912 elements\)/);
  t.regex(outcome('x = [0] * (1 << 30)'), /^Error: excessive repeat/);
  t.is(outcome('s = "x" * 1000000\nfor i in range(20): s += s\nx = len(s)'), 'Error: string too long');
  t.is(outcome(`x = ${'9'.repeat(5000)} % 10`), '9');
  t.is(outcome('x = list(range(1 << 40))'), 'Error: sequence too long (1099511627776 elements)');
  t.is(outcome('y = []\ny.extend(range(1 << 40))'), 'Error: sequence too long (1099511627776 elements)');
  t.is(outcome('x = zip(range(1 << 40), range(1 << 41))'), 'Error: sequence too long (1099511627776 elements)');
  t.is(outcome('x = zip(range(1 << 27))'), 'Error: Starlark computation cancelled: too many steps');
  t.is(outcome('x = all(range(1, 1 << 40))'), 'Error: Starlark computation cancelled: too many steps');
  t.is(outcome('x = [c for c in ("ab" * (1 << 28)).elems()][0]'), 'Error: excessive repeat (2 * 268435456 elements)');
  t.is(outcome('def f():\n  for c in ("ab" * (1 << 27)).elems(): return c\nx = f()'), '"a"');
  t.is(outcome('x = 1 << 512'), 'Error: shift count too large: 512');
});

test('names that mean something to JavaScript mean nothing here', t => {
  const names = [
    '__proto__',
    'constructor',
    'arguments',
    'eval',
    'this',
    'toString',
    'hasOwnProperty',
    'undefined',
    'T',
    '$add',
    'v0',
  ];
  for (const name of names) {
    if (/^[a-zA-Z_]\w*$/.test(name)) t.is(outcome(`x = ${name}`), `f:1:5: undefined: ${name}`, name);
    t.is(outcome(`x = "".${name.replace('$', '')}`).startsWith('Error: string has no .'), true, name);
  }
  t.is(
    outcome(
      'def __proto__(constructor, arguments = 2, **eval): return [constructor, arguments, eval]\nx = __proto__(1, this = 3, __proto__ = 4)',
    ),
    '[1, 2, {"this": 3, "__proto__": 4}]',
  );
  t.is(
    outcome('d = {"__proto__": 1}\nd["constructor"] = 2\nx = [d, "toString" in d, d.get("valueOf")]'),
    '[{"__proto__": 1, "constructor": 2}, False, None]',
  );
  t.is(
    outcome('s = struct(__proto__ = 1, constructor = 2)\nx = [s.__proto__, dir(s)]'),
    '[1, ["__proto__", "constructor"]]',
  );
  t.is(outcome('x = struct(a = 1).toString'), 'Error: struct has no .toString attribute');
  t.is(outcome('x = "%(constructor)s" % {}'), 'Error: key not found: constructor');
  t.is(outcome('x = "{constructor}".format()'), 'Error: format: keyword constructor not found');
  t.is(outcome('await = 1'), 'f:1:6: got await, want primary expression'.replace('1:6', '1:1'));
  const code = ['`$', '{process.exit(1)}`'].join('');
  t.is(outcome(`x = "${code}" + '");throw 1;//'`), `"${code}\\");throw 1;//"`);
  t.is(outcome('x = "\\u2028\\u2029\\0</script>"'), '"\\u2028\\u2029\\x00</script>"');
});

test('strange text', t => {
  t.is(outcome(''), 'fine');
  t.is(outcome('\ufeffx = 1'), "f:1:1: unexpected input character '\\ufeff'");
  t.is(outcome('x = 1\0'), "f:1:6: unexpected input character '\\x00'");
  t.is(outcome(Uint8Array.of(120, 61, 34, 0xff, 0xc3, 34)), '"\ufffd\ufffd"');
  t.is(outcome(Uint8Array.of(120, 61, 0xff)), "f:1:3: unexpected input character '\\xff'");
  t.is(outcome('x = "\ud800"'), '"\ufffd"');
  t.is(outcome('é = 1\nx = é'), '1');
  t.is(outcome('x = 1 # \0 \u0001'), '1');
  t.is(outcome(`x = 1${' '.repeat(100_000)}`), '1');
  t.is(outcome(`${'x'.repeat(100_000)} = 1`), 'fine');
});
