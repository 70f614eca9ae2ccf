// Values nested deeper than JavaScript's stack: everything that walks them gives a value or the error that starlark-go gives.
import test from 'ava';
import {
  type ComparisonOp,
  Dict,
  equal,
  everythingAllowed,
  execFile,
  freeze,
  json,
  List,
  type ReprParts,
  reprOf,
  StarlarkEvalError,
  StarlarkObject,
  struct,
  type Value,
} from '../../src/starlark/index.ts';
import { pack, unpack } from '../../src/starlark/transfer.ts';

const depth = 50_000;

/** What `expr` gives, or how it fails. `nest(make, x)` wraps x `depth` times. */
function outcome(expr: string): Value {
  const source = `
def nest(make, x):
    for _ in range(${depth}): x = make(x)
    return x
lists = lambda: nest(lambda x: [x], 0)
tuples = lambda: nest(lambda x: (x,), 0)
dicts = lambda: nest(lambda x: {"a": x}, 0)
structs = lambda: nest(lambda x: struct(a = x), 0)
x = ${expr}
`;
  try {
    const globals = execFile({ filename: 'f', source, options: everythingAllowed, predeclared: { struct, json } });
    return globals.get('x')!;
  } catch (error) {
    if (!(error instanceof StarlarkEvalError)) throw error;
    return error.message;
  }
}

const tooDeepToCompare = 'comparison exceeded maximum recursion depth';

const cases: [expr: string, outcome: Value][] = [
  ['len(str(lists()))', 2 * depth + 1],
  ['len(repr(tuples()))', 3 * depth + 1],
  ['len("%s" % dicts())', 7 * depth + 1],
  ['len("{}".format(structs()))', 12 * depth + 1],
  ['len(json.encode(lists()))', 2 * depth + 1],
  ['len(json.encode(dicts()))', 6 * depth + 1],
  ['len(json.encode(structs()))', 6 * depth + 1],
  [`len(json.decode("[" * ${depth} + "]" * ${depth}))`, 1],
  [`type(json.decode('{"a":' * ${depth} + "1" + "}" * ${depth})["a"])`, 'dict'],
  [`json.decode("[" * ${depth}, 7)`, 7],
  ['lists() == lists()', tooDeepToCompare],
  ['tuples() < tuples()', tooDeepToCompare],
  ['sorted([lists(), lists()])', tooDeepToCompare],
  ['len({tuples(): 1})', 1],
  ['len({structs(): 1})', 1],
  ['len(set([tuples(), tuples()]))', `set: ${tooDeepToCompare}`],
  ['{nest(lambda x: (x,), []): 1}', 'unhashable type: list'],
  ['nest(lambda f: lambda: f(), lambda: 7)()', 7],
  ['json.indent("[" * 10001)', "json.indent: invalid character '[' exceeded max depth"],
];

for (const [expr, wanted] of cases) {
  test(expr, t => t.is(outcome(expr), wanted));
}

test('the place of what JSON cannot hold', t => {
  t.is(
    outcome('json.encode({"a": [1, struct(b = len)]})'),
    'json.encode: in dict key "a": at list index 1: in field .b: cannot encode builtin_function_or_method as JSON',
  );
  const message = String(outcome('json.encode(nest(lambda x: [x], len))'));
  t.true(message.startsWith('json.encode: at list index 0: at list index 0: '));
  t.is(message.split('at list index 0').length - 1, depth);
});

test('recursive values', t => {
  const list = new List([]);
  list.append(list);
  t.is(reprOf(list), '[[...]]');
  t.is(
    outcome(
      '(lambda l, d: [l.append(l), l.append((l, d)), d.update(l = l, d = d), l.append(struct(l = l)), str(l), str(d)])([], {})[-2:] == ["[[...], ([...], {\\"l\\": [...], \\"d\\": {...}}), struct(l = [...])]", "{\\"l\\": [[...], ([...], {...}), struct(l = [...])], \\"d\\": {...}}"]',
    ),
    true,
  );
  t.is(
    outcome('(lambda l: [l.append([l]), json.encode(l)])([])'),
    'json.encode: at list index 0: at list index 0: cycle in JSON structure',
  );
  t.is(outcome('(lambda l: str([l, l, (l,)]))([1])'), '[[1], [1], ([1],)]');
});

test('a host value is told what it stands in', t => {
  class Box extends StarlarkObject {
    readonly content = new List([]);
    get typeName(): string {
      return 'box';
    }
    override repr(path: readonly StarlarkObject[]): string {
      return `box(${reprOf(this.content, path)})`;
    }
  }
  const box = new Box();
  const outer = new List([box]);
  box.content.append(outer);
  t.is(reprOf(outer), '[box([[...]])]');
});

test('freezing and the way to another thread', t => {
  let value: Value = new List([]);
  for (let i = 0; i < depth; i++) value = new List([value]);
  freeze(value);
  const [[, copy]] = unpack(structuredClone(pack([['x', value]]))) as [[string, Value]];
  t.is(reprOf(copy).length, reprOf(value).length);
});

test('a container of the host nests as deeply', t => {
  class Pair extends StarlarkObject {
    readonly values: readonly Value[];
    constructor(values: readonly Value[]) {
      super();
      this.values = values;
    }
    get typeName(): string {
      return 'pair';
    }
    override reprParts(): ReprParts {
      return { open: '<', values: this.values, before: at => (at === 0 ? '' : ' & '), close: '>' };
    }
    override hashParts(): readonly Value[] {
      return this.values;
    }
    override compareSameType(_op: ComparisonOp, other: Pair, depth: number): boolean {
      return this.values.every((value, i) => equal(value, other.values[i]!, depth - 1));
    }
  }
  let value: Value = 0;
  for (let i = 0; i < depth; i++) value = new Pair([value, i]);
  t.true(reprOf(value).endsWith(`> & ${depth - 2}> & ${depth - 1}>`));
  t.is(new Dict([[value, 1]]).get(value), 1);
  t.is(new Dict([[new Pair(['a', 1]), 5]]).get(new Pair(['a', 1])), 5);
});
