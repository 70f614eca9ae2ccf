import test from 'ava';
import {
  builtin,
  compile,
  jsString,
  repr,
  StarlarkEvalError,
  starlarkString,
  struct,
} from '../../src/starlark/index.ts';
import { randomFrom } from '../support/random-from.ts';

// Statements of a file are evaluated from the tree, those in a loop are generated code: both must say the same.

const show = builtin('show', (_thread, args, kwargs) => {
  const named = kwargs.map(([name, value]) => `${jsString(name)}=${repr(value)}`);
  return starlarkString([...args.map(repr), ...named].join(' '));
});
const options = { sets: true, recursion: true, globalReassign: true, topLevelControl: true };
const before = `def f(*args, **kwargs):
    return (args, kwargs)
def lost(x):
    return x.missing
numbers = [1, 2]
table = {"a": 1}
text = "abc"
`;

/** What a program makes of `x`, or how it fails; places count from the statement on. */
function outcome(statement: string, indent: string): string {
  const predeclared = { show, host: struct({ name: starlarkString('h') }) };
  const loop = indent === '' ? '' : 'for _ in [0]:\n';
  const source = `${before}${loop}${indent}${statement}\n`;
  const firstLine = before.split('\n').length + (indent === '' ? 0 : 1);
  try {
    const globals = compile({ filename: 'f', source, options, predeclared }).run({ predeclared, maxSteps: 10_000 });
    return repr(globals.get('x') ?? null);
  } catch (error) {
    if (!(error instanceof StarlarkEvalError)) return `static: ${(error as Error).message.replace(/^f:\d+:\d+: /, '')}`;
    const frames = error.callStack.map(({ name, position: { line, column } }) =>
      line < firstLine ? `${name} ${line}:${column}` : `${name} ${line - firstLine}:${column - indent.length}`,
    );
    return `${error.message} at ${frames.join(', ')}`;
  }
}

const statements = [
  'x = show(1, "a", k = [1, (2,)], *numbers, **table)',
  'x = f(1, 2, 3, 4)[0][-1]',
  'x = f(a = 1)[1]["a"]',
  'x = text.upper().join(["1", "2"])',
  'x = [b"a" + b"b", "a" + "b" + text, [1] + [2] + numbers]',
  'x = -1 + +2 - ~3 * 4 // 3 % 5 | 6 & 7 ^ 1 << 2 >> 1',
  'x = (1 < 2, 1 <= 2, 1 == 2, 1 != 2, 1 > 2, 1 >= 2, 1 in numbers, 1 not in numbers, not 1)',
  'x = [1 and 2, 0 and 2, 1 or 2, 0 or 2, 0 or [] or {}]',
  'x = (1 if numbers else 2, 1 if not numbers else 2)',
  'x = [text[1], text[-2:], text[::-1], numbers[0:1], table["a"]]',
  'x = {"a": 1, "b": {"c": host.name}}',
  'x = {"a": 1, "a": 2}',
  'x = [1.5, 9007199254740993, 0x10, -0, - -1, 1 / 2]',
  'x = host.nam',
  'x = host.name.nothing()',
  'x = text.nothing',
  'x = numbers[5]',
  'x = text["a"]',
  'x = table["b"]',
  'x = {[]: 1}',
  'x = lost(table)',
  'x = show(lost(1))',
  'x = None()',
  'x = f(*1)',
  'x = f(**{1: 2})',
  'x = 1 + "a"',
  'x = text < 1',
  'x = 1 in 2',
  'x = -text',
  'x = text[0:"a"]',
  'x = y',
  'x = 1 // 0',
  'x = [len(text), len(numbers, 1)]',
  'x = sorted([3, 1], reverse = True)',
  '(x, y) = (len(text), len(numbers))',
  'x, y = f(1)[0]',
];

for (const statement of statements) {
  test(statement, t => {
    t.is(outcome(statement, ''), outcome(statement, '  '));
  });
}

test('a variable set between two statements has its value, one set later has none', t => {
  const source = 'print(show(a))\na = 2\nprint(a)\nb = a\nprint(b)\nif not a:\n  c = 1\nprint(c)\n';
  const printed: string[] = [];
  const predeclared = { show: builtin('show', () => 1) };
  const program = compile({ filename: 'f', source: `a = 1\n${source}`, options, predeclared });
  const error = t.throws(() => program.run({ predeclared, print: message => printed.push(message) }));
  t.deepEqual(printed, ['1', '2', '2']);
  t.is(error?.message, 'global variable c referenced before assignment');
});

test('a program run twice begins anew', t => {
  const program = compile({ filename: 'f', source: 'a = [1]\na.append(len(a))\n' });
  t.is(repr(program.run().get('a')!), '[1, 1]');
  t.is(repr(program.run().get('a')!), '[1, 1]');
});

test('random expressions: the same in a loop and outside', t => {
  const below = randomFrom(20261121);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const leaves = [
    '1',
    '0',
    '-3',
    '"a,b"',
    'b"q"',
    '1.5',
    '[]',
    '()',
    '{}',
    'None',
    'True',
    'numbers',
    'table',
    'text',
    'host',
  ];
  const operators = ['+', '-', '*', '/', '//', '%', '|', '&', '==', '<', '>=', 'in', 'not in', 'and', 'or'];
  const methods = ['append', 'split', 'upper', 'keys', 'get', 'join', 'format', 'pop', 'name'];
  const expression = (depth: number): string => {
    if (depth <= 0) return pick(leaves);
    const part = (): string => expression(depth - 1 - below(2));
    const forms = [
      () => `(${part()} ${pick(operators)} ${part()})`,
      () => `[${part()}, ${part()}]`,
      () => `{${part()}: ${part()}}`,
      () => `${part()}[${part()}]`,
      () => `${part()}[${part()}:${part()}]`,
      () => `${part()}.${pick(methods)}(${part()})`,
      () => `show(${part()}, k=${part()})`,
      () => `f(${part()}, *${part()}, **${part()})`,
      () => `(${part()} if ${part()} else ${part()})`,
      () => `str(${part()}) + "x" + "y"`,
      () => `(not ${part()})`,
    ];
    return pick(forms)();
  };
  for (let i = 0; i < 3000; i++) {
    const statement = `x = ${expression(3)}`;
    const [once, looped] = [outcome(statement, ''), outcome(statement, '  ')];
    if (once !== looped) t.is(once, looped, statement);
  }
  t.pass();
});
