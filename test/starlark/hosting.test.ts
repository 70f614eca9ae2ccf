// What a host does: predeclared values, builtins, hooks, limits, errors with backtraces, values of its own.
import test from 'ava';
import {
  type Bytes,
  builtin,
  callFunction,
  compile,
  type Dict,
  everythingAllowed,
  execFile,
  type Float,
  type Int,
  jsString,
  List,
  module,
  type Names,
  NoSuchAttrError,
  parse,
  repr,
  resolve,
  type Side,
  StarlarkEvalError,
  type StarlarkFunction,
  StarlarkObject,
  StaticErrors,
  starlarkString,
  struct,
  Thread,
  type Tuple,
  type Value,
  type ValueIterator,
} from '../../src/starlark/index.ts';

function backtraceOf(input: Parameters<typeof execFile>[0]): string {
  try {
    execFile(input);
  } catch (error) {
    if (error instanceof StarlarkEvalError) return error.backtrace();
    throw error;
  }
  return 'no error';
}

test('globals come in the order of their first binding, as a map and as properties, frozen', t => {
  const globals = execFile({ filename: 'f', source: 'b = [1]\ndef a(): pass\n_c = 3\nget = 4\n' });
  t.deepEqual([...globals.keys()], ['b', 'a', '_c', 'get']);
  t.is(repr(globals['b'] as Value), '[1]');
  t.is(globals.get('get'), 4);
  t.throws(() => (globals.get('b') as List).append(1), { message: 'cannot append to frozen list' });
});

test('predeclared names can be shadowed and differ from run to run of one program', t => {
  const input = { filename: 'f', source: 'y = 2 * x\nlen = 5\nz = len', predeclared: { x: null } };
  const program = compile({ ...input, options: { globalReassign: true } });
  t.is(program.run({ predeclared: { x: 21 } }).get('y'), 42);
  t.is(program.run({ predeclared: { x: 'mur' } }).get('y'), 'murmur');
  t.throws(() => program.run({}), { message: 'internal error: predeclared variable x is uninitialized' });
});

test('strings cross the border as text, ints of any size as numbers and bigints', t => {
  const echo = builtin('echo', (_thread, args) => new List([...args]));
  const globals = execFile({
    filename: 'f',
    source: 'x = echo("é", 1 << 53, 5, 1.5, b"\\xff", None, (1,), {"a": 1})\nn = len("é")',
    predeclared: { echo },
  });
  const [text, big, small, float, bytes, none, tuple, dict] = (globals.get('x') as List).elems;
  t.is(jsString(text as string), 'é');
  t.is(starlarkString('é'), text as string);
  t.is(big, 9007199254740992n);
  t.is(small, 5);
  t.is((float as Float).value, 1.5);
  t.is((bytes as Bytes).bytes, '\xff');
  t.is(none, null);
  t.deepEqual((tuple as Tuple).elems, [1]);
  t.is((dict as Dict).get('a'), 1);
  t.is(globals.get('n'), 2);
});

test('print gives ordinary text, and builtins see who calls them', t => {
  const lines: string[] = [];
  const thread = new Thread();
  thread.print = function (message) {
    const { name, position } = this.callFrame(1);
    lines.push(`${position.file}:${position.line}:${position.column} ${name}: ${message}`);
  };
  execFile({
    filename: 'foo.star',
    source: '\nprint("hello", [1, "é"])\ndef f(): print("a", "b", sep=", ")\nf()\n',
    thread,
  });
  t.deepEqual(lines, ['foo.star:2:6 <toplevel>: hello [1, "é"]', 'foo.star:3:15 f: a, b']);
  t.is(thread.depth, -1);
});

test('a backtrace names every call, builtins included', t => {
  const source =
    '\ndef f(x): return 1//x\ndef g(x): return f(x)\ndef h(): return min([1, 2, 0], key=g)\ndef i(): return h()\ni()\n';
  t.is(
    backtraceOf({ filename: 'crash.star', source }),
    [
      'Traceback (most recent call last):',
      '  crash.star:6:2: in <toplevel>',
      '  crash.star:5:18: in i',
      '  crash.star:4:20: in h',
      '  <builtin>: in min',
      '  crash.star:3:19: in g',
      '  crash.star:2:19: in f',
      'Error: floored division by zero',
    ].join('\n'),
  );
  t.is(
    backtraceOf({ filename: 'crash.star', source: "def f(): ''.join([1])\nf()" }),
    'Traceback (most recent call last):\n  crash.star:2:2: in <toplevel>\n  crash.star:1:17: in f\n' +
      'Error in join: join: in list, want string, got int',
  );
});

test('what a host function throws becomes the error of the program, with its cause', t => {
  const cause = new TypeError('disk on fire');
  const burn = builtin('burn', () => {
    throw cause;
  });
  const error = t.throws(() => execFile({ filename: 'f', source: 'burn()', predeclared: { burn } }), {
    instanceOf: StarlarkEvalError,
  });
  t.is(error?.message, 'disk on fire');
  t.is(error?.cause, cause);
  t.is(
    (error as StarlarkEvalError).backtrace(),
    'Traceback (most recent call last):\n  f:1:5: in <toplevel>\nError in burn: disk on fire',
  );
});

test('nothing of JavaScript reaches a program', t => {
  for (const leak of [{}, [], Symbol('x'), () => 1, 1.5, Number.NaN, new Map()]) {
    const give = builtin('give', () => leak as unknown as Value);
    t.throws(() => execFile({ filename: 'f', source: 'x = give()', predeclared: { give } }), {
      message: /is no Starlark value but /,
    });
  }
  const nothing = builtin('nothing', () => undefined);
  t.is(execFile({ filename: 'f', source: 'x = nothing()', predeclared: { nothing } }).get('x'), null);
});

test('load: names, aliases, and failures without the trace of the other file', t => {
  const modules: Record<string, string> = {
    'm.star': 'public = 1\nother = [2]',
    'bad.star': 'def f(): return 1 // 0\nf()',
  };
  const load = (name: string): ReturnType<typeof execFile> => execFile({ filename: name, source: modules[name]! });
  const run = (source: string): string => backtraceOf({ filename: 'root', source, load });
  const globals = execFile({ filename: 'f', source: 'load("m.star", "public", q = "other")\nx = [public, q]', load });
  t.deepEqual([...globals.keys()], ['x']);
  t.is(repr(globals.get('x')!), '[1, [2]]');
  t.true(
    run('load("m.star", "publik")').endsWith(
      'Error: load: name publik not found in module m.star (did you mean public?)',
    ),
  );
  t.is(
    run('load("bad.star", "f")'),
    'Traceback (most recent call last):\n  root:1:1: in <toplevel>\nError: cannot load bad.star: floored division by zero',
  );
  t.true(run('load("m.star", "other")\nother.append(3)').endsWith('append: cannot append to frozen list'));
  t.is(
    backtraceOf({ filename: 'f', source: 'load("x", "y")' }).split('\n').at(-1),
    'Error: load not implemented by this application',
  );
});

test('a failed load keeps the inner error for the host', t => {
  const load = (name: string): ReturnType<typeof execFile> => execFile({ filename: name, source: 'x = 1 // 0' });
  const error = t.throws(() => execFile({ filename: 'f', source: 'load("m", "x")', load }));
  const inner = (error?.cause as Error | undefined)?.cause;
  t.true(inner instanceof StarlarkEvalError);
  t.is((inner as StarlarkEvalError).callStack[0]?.position.file, 'm');
});

test('calling back: a builtin calls a function of the program and survives its failure', t => {
  const attempt = builtin('attempt', (thread, [fn, ...args]) => {
    try {
      return callFunction(thread, fn!, args, [['k', 1]]);
    } catch (error) {
      return starlarkString((error as StarlarkEvalError).message);
    }
  });
  const globals = execFile({
    filename: 'f',
    source:
      'def f(x, k): return [x, k] if x else fail("none:", x)\na = attempt(f, 5)\nb = attempt(f, 0)\nc = attempt(3)\nd = attempt(len)',
    predeclared: { attempt },
  });
  t.deepEqual(
    ['a', 'b', 'c', 'd'].map(name => repr(globals.get(name)!)),
    ['[5, 1]', '"fail: none: 0"', '"invalid call of non-function (int)"', '"len: unexpected keyword arguments"'],
  );
});

test('functions can be called after their file has run', t => {
  const globals = execFile({ filename: 'f', source: 'def f(x, *, y = 2):\n  "adds"\n  return x + y' });
  const f = globals.get('f') as StarlarkFunction;
  t.is(callFunction(new Thread(), f, [1], { y: 5 }), 6);
  t.is(f.doc, 'adds');
  t.deepEqual(f.params, ['x', 'y']);
  t.deepEqual(f.position, { file: 'f', line: 1, column: 1 });
});

test('limits: steps, interrupt, cancel', t => {
  const forever = { filename: 'f', source: 'while True: pass', options: everythingAllowed };
  const ended = (text: string): string =>
    `Traceback (most recent call last):\n  f:1:1: in <toplevel>\nError: Starlark computation cancelled: ${text}`;
  t.is(backtraceOf({ ...forever, maxSteps: 1000 }), ended('too many steps'));
  t.is(backtraceOf({ ...forever, interrupt: new Int32Array([1]) }), ended('interrupted'));
  const thread = new Thread();
  const stop = builtin('stop', at => {
    at.cancel('enough');
    return null;
  });
  const source = 'while True: stop()';
  t.regex(backtraceOf({ ...forever, source, thread, predeclared: { stop } }), /cancelled: enough$/);
  t.true(thread.steps > 0);
  thread.uncancel();
  t.is(execFile({ filename: 'f', source: 'x = 1', thread }).get('x'), 1);
  t.is(execFile({ filename: 'f', source: 'x = [i for i in range(100)]', maxSteps: 1000 }).size, 1);
});

test('static errors come together, with places; spelling hints for names', t => {
  const error = t.throws(
    () => execFile({ filename: 'f', source: 'value = 1\nx = valeu\nreturn 3\ndef f(a, a): pass' }),
    { instanceOf: StaticErrors },
  ) as StaticErrors;
  t.deepEqual(
    error.errors.map(({ line, column, message }) => [line, column, message]),
    [
      [3, 1, 'return statement not within a function'],
      [4, 10, 'duplicate parameter: a'],
      [2, 5, 'undefined: valeu (did you mean value?)'],
    ],
  );
  t.is(error.message, 'f:3:1: return statement not within a function');
});

test('resolve says what names mean', t => {
  const { file } = parse({ filename: 'f', source: 'g = 1\ndef f(p):\n  return [p, g, len, env]' });
  const { errors, globals } = resolve(file, { predeclared: { env: 1 } });
  t.deepEqual(errors, []);
  t.deepEqual(
    globals.map(binding => binding.name),
    ['g', 'f'],
  );
});

/** A vector of ints: everything a host value can do. */
class Vector extends StarlarkObject {
  readonly typeName = 'vector';
  readonly parts: Int[];
  frozen = false;

  constructor(parts: readonly Int[]) {
    super();
    this.parts = [...parts];
  }

  override repr(): string {
    return `vector(${this.parts.join(' ')})`;
  }
  override freeze(): void {
    this.frozen = true;
  }
  override truth(): boolean {
    return this.parts.some(part => part !== 0);
  }
  override hash(): number {
    return this.parts.length;
  }
  override attr(name: string): Value | undefined {
    return name === 'size' ? this.parts.length : undefined;
  }
  override attrNames(): readonly string[] {
    return ['size'];
  }
  override setField(name: string, value: Value): void {
    if (name !== 'size') throw new NoSuchAttrError(`vector has no .${name} to set`);
    this.parts.length = value as number;
  }
  override length(): number {
    return this.parts.length;
  }
  override index(at: number): Value {
    return this.parts[at]!;
  }
  override setIndex(at: number, value: Value): void {
    if (this.frozen) throw new Error('cannot change frozen vector');
    this.parts[at] = value as Int;
  }
  override slice(start: number, end: number, step: number): Value {
    return new Vector(this.parts.slice(start, end).filter((_, i) => i % step === 0));
  }
  override iterate(): ValueIterator {
    let at = 0;
    return { next: () => this.parts[at++], done: () => {} };
  }
  override has(item: Value): boolean {
    return this.parts.includes(item as Int);
  }
  override callInternal(_thread: Thread, args: readonly Value[]): Value {
    return `called with ${args.length}`;
  }
  override binary(op: string, other: Value, side: Side): Value | undefined {
    if (op === 'in' && side === 'left') return other === null;
    return op === '*' && typeof other === 'number'
      ? new Vector(this.parts.map(p => Number(p) * other))
      : op === '-'
        ? side
        : undefined;
  }
  override unary(op: string): Value | undefined {
    return op === '-' ? new Vector(this.parts.map(p => -p)) : undefined;
  }
  override cmp(other: Vector): number {
    return this.parts.length - other.parts.length;
  }
}

test('a host value takes part in everything by interface', t => {
  const vector = new Vector([1, 2, 3]);
  const globals = execFile({
    filename: 'f',
    options: everythingAllowed,
    source: `
a = [v[0], v[-1], len(v), v[1:], [x for x in v], 2 in v, v.size, v(1, 2), type(v), str(v)]
b = [v * 2, 3 * v, -v, v - 1, 1 - v, v == w, v < w, bool(w), sorted([v, w]), v in None, v in 3]
v[0] = 9
v.size = 2
c = [v, dir(v), hasattr(v, "x"), {v: 1}[v], list(v), max(v)]
p, q = v
def f(*args): return args
d = f(*v)
`,
    predeclared: { v: vector, w: new Vector([]) },
  });
  t.is(
    repr(globals.get('a')!),
    '[1, 3, 3, vector(2 3), [1, 2, 3], True, 3, "called with 2", "vector", "vector(9 2)"]'.replace(
      '"vector(9 2)"',
      '"vector(1 2 3)"',
    ),
  );
  t.is(
    repr(globals.get('b')!),
    '[vector(2 4 6), vector(3 6 9), vector(-1 -2 -3), "left", "right", False, False, False, [vector(), vector(9 2)], True, False]',
  );
  t.is(repr(globals.get('c')!), '[vector(9 2), ["size"], False, 1, [9, 2], 9]');
  t.is(repr(globals.get('d')!), '(9, 2)');
  t.true(vector.frozen);
  const failures: [string, string][] = [
    ['v.sise', 'vector has no .sise field or method (did you mean .size?)'],
    ['v[7]', 'vector index 7 out of range [-2:1]'],
    ['v + 1', 'unknown binary op: vector + int'],
    ['~v', 'unknown unary op: ~ vector'],
    ['v < 1', 'vector < int not implemented'],
  ];
  for (const [source, message] of failures) {
    t.throws(
      () => execFile({ filename: 'f', source: `x = ${source}`, predeclared: { v: vector } }),
      { message },
      source,
    );
  }
  const set = 'def f(): v.sice = 1\nf()';
  t.throws(() => execFile({ filename: 'f', source: set, predeclared: { v: vector } }), {
    message: 'vector has no .sice to set (did you mean .size?)',
  });
});

test('struct and module for hosts and programs', t => {
  const os = module('os', { name: 'posix', args: new List(['a']) });
  const globals = execFile({
    filename: 'f',
    source: 'x = [os.name, str(os), dir(os), s.a, type(struct), str(struct(b = 1)), s == struct(a = 1)]',
    predeclared: { os, struct, s: struct({ a: 1 }) },
  });
  t.is(
    repr(globals.get('x')!),
    '["posix", "<module \\"os\\">", ["args", "name"], 1, "builtin_function_or_method", "struct(b = 1)", True]',
  );
});

test('what is no value of the language is refused where it comes in', t => {
  const wrong: [string, unknown, RegExp][] = [
    ['a function', (): number => 1, /^the predeclared v is no Starlark value but a JavaScript function; builtin\(/],
    ['an object', { a: 1 }, /but an object; struct\(object\)/],
    ['an array', [1], /but an array; new List\(array\)/],
    ['a fraction', 1.5, /but the number 1.5; new Float/],
    ['an inexact int', 2 ** 60, /but the number 1152921504606847000, which is not exact/],
    ['a symbol', Symbol('s'), /but symbol/],
  ];
  for (const [name, value, message] of wrong) {
    const predeclared = { v: value } as Names as Readonly<Record<string, Value>>;
    t.throws(() => execFile({ filename: 'f', source: 'x = v', predeclared }), { instanceOf: TypeError, message }, name);
    const load = (): Readonly<Record<string, Value>> => predeclared;
    t.throws(
      () => execFile({ filename: 'f', source: 'load("m", "v")', load }),
      { instanceOf: StarlarkEvalError, message: new RegExp(message.source.replace('the predeclared v', 'v of m')) },
      name,
    );
  }
  t.is(execFile({ filename: 'f', source: 'x = v + 1', predeclared: { v: 1n } }).get('x'), 2);
  t.throws(() => execFile({ filename: 'f', source: 'load("m", "v")', load: async () => ({}) } as never), {
    message: 'cannot load m: the load hook gave no module but a promise',
  });
  t.throws(() => execFile({ filename: 'f' } as never), {
    instanceOf: TypeError,
    message: 'the source of f has to be a string or a Uint8Array, not undefined',
  });
});

test('calling what is no value', t => {
  const error = t.throws(() => callFunction(new Thread(), undefined as unknown as Value));
  t.is(error.message, 'what is called is no Starlark value but undefined');
});
