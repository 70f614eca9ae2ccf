// The argument unpacker: what builtins get, and what callers read when they are wrong.
import test from 'ava';
import {
  type Builtin,
  defineBuiltin,
  execFile,
  type List,
  type ParameterList,
  repr,
  StarlarkError,
  type Value,
} from '../../src/starlark/index.ts';

/** Runs `source` with builtin f; gives what f got, or the message. */
function tried(f: Builtin, source: string, got: () => unknown): unknown {
  try {
    execFile({ filename: 'f', source, predeclared: { f } });
    return got();
  } catch (error) {
    return (error as Error).message;
  }
}

function declared<const L extends ParameterList>(parameters: L): (source: string) => unknown {
  let last: unknown;
  const f = defineBuiltin('f', parameters, (_thread, args) => {
    last = { ...args };
    return null;
  });
  return source => tried(f, source, () => last);
}

const resource = declared([
  { name: 'name', type: 'string' },
  { name: 'cmd', type: ['string', 'list'], default: 'true' },
  { name: 'count', type: 'int', optional: true },
  '*',
  { name: 'labels', type: 'list', optional: true, noneIsUnset: true },
  {
    name: 'port',
    default: undefined,
    unpack: (value: Value): number => {
      if (typeof value !== 'number' || value < 1) throw new StarlarkError(`got ${repr(value)}, want a port`);
      return value;
    },
  },
]);

test('defaults, keywords, unset', t => {
  const nothing = { name: 'a', cmd: 'true', count: undefined, labels: undefined, port: undefined };
  t.deepEqual(resource('f("a")'), nothing);
  t.deepEqual(resource('f("é", cmd = "x", port = 80)'), { ...nothing, name: 'é', cmd: 'x', port: 80 });
  t.deepEqual(resource('f("a", labels = None)'), nothing);
  t.is(repr((resource('f(name = "a", cmd = ["x"])') as { cmd: List }).cmd), '["x"]');
});

const wrong: [call: string, message: string][] = [
  ['f()', 'f: missing argument for name'],
  ['f(1)', 'f: for parameter name: got int, want string'],
  ['f(name = 1)', 'f: for parameter "name": got int, want string'],
  ['f("a", 1)', 'f: for parameter cmd: got int, want string or list'],
  ['f("a", nmae = 1)', 'f: unexpected keyword argument "nmae" (did you mean name?)'],
  ['f("a", lables = [])', 'f: unexpected keyword argument "lables" (did you mean labels?)'],
  ['f("a", zzzzzz = 1)', 'f: unexpected keyword argument "zzzzzz"'],
  ['f("a", name = "b")', 'f: got multiple values for keyword argument "name"'],
  ['f("a", "b", 1, [])', 'f: got 4 arguments, want at most 3'],
  ['f("a", count = 1.5)', 'f: for parameter "count": got float, want int'],
  [
    'f("a", count = 1 << 60)',
    'f: for parameter "count": 1152921504606846976 out of range (want value in signed 64-bit range)',
  ],
  ['f("a", count = None)', 'f: for parameter "count": got NoneType, want int'],
  ['f("a", port = 0)', 'f: for parameter "port": got 0, want a port'],
];

for (const [call, message] of wrong) {
  test(`wrong: ${call}`, t => t.is(resource(call), message));
}

test('a required parameter behind an optional one is optional, too', t => {
  t.deepEqual(
    declared([
      { name: 'a', type: 'int', optional: true },
      { name: 'b', type: 'int' },
    ])('f()'),
    {
      a: undefined,
      b: undefined,
    },
  );
});

test('no positional arguments at all', t => {
  const f = declared(['*', { name: 'a', type: 'bool', default: false }]);
  t.is(f('f(1)'), 'f: unexpected positional arguments');
  t.deepEqual(f('f(a = True)'), { a: true });
});

test('every type', t => {
  const types = [
    'bool',
    'float',
    'number',
    'list',
    'tuple',
    'dict',
    'struct',
    'bytes',
    'callable',
    'iterable',
    'int64',
  ] as const;
  for (const type of types) {
    const message = declared([{ name: 'x', type }])('f("text")');
    const name = type === 'int64' ? 'int' : type === 'number' ? 'float or int' : type;
    t.is(message, `f: for parameter x: got string, want ${name}`);
  }
  t.deepEqual(declared([{ name: 'x', type: 'raw string' }])('f("é")'), { x: '\xc3\xa9' });
  t.deepEqual(declared([{ name: 'x', type: 'number' }])('f(2)'), { x: 2 });
});
