// Where an error stands: the line and column that starlark-go gives, which backtraces and their readers rely on.
import test from 'ava';
import { everythingAllowed, execFile, StarlarkEvalError } from '../../src/starlark/index.ts';

/** `line:column` of every frame of the failing program, outermost first. */
function framesOf(source: string): string {
  try {
    execFile({ filename: 'f', source, options: everythingAllowed, print: () => {} });
  } catch (error) {
    if (!(error instanceof StarlarkEvalError)) throw error;
    return error.callStack.map(({ position }) => `${position.line}:${position.column}`).join(' ');
  }
  return 'no error';
}

const cases: [source: string, frames: string][] = [
  ['x = 1 + "a"', '1:7'],
  ['x = [1][\n  5]', '1:8'],
  ['x = {}\ny = 1 + x["k"]', '2:10'],
  ['x = "".foo', '1:7'],
  ['x = "".foo()', '1:7'],
  ['x = len(1)', '1:8 0:0'],
  ['x = len(\n  1)', '1:8 0:0'],
  ['x = 5()', '1:6'],
  ['x = -"a"', '1:5'],
  ['for i in 5: pass', '1:1'],
  ['x = [i for i in 5]', '1:8'],
  ['x = {k: 1 for k in [[]]}', '1:7'],
  ['x = {1: 2, []: 3}', '1:14'],
  ['x, y = 1', '1:6'],
  ['for x, y in [1]: pass', '1:1'],
  ['x = [1]\nx[5] = 1', '2:2'],
  ['x = [1]\nx[0] += "a"', '2:6'],
  ['x = (1,)\nx[0] = 2', '2:2'],
  ['x = []\nx.y = 1', '2:2'],
  ['def f():\n  return y\ny = f()', '3:6 2:10'],
  ['def f():\n  x = x\nf()', '3:2 2:7'],
  ['def f(a): return g(a)\ndef g(b): return 1 // b\nf(0)', '3:2 1:19 2:20'],
  ['x = "日本" + 1', '1:10'],
  // A call with wrong arguments: the frame of the called function stands at its first instruction that has a place.
  ['def f(a):\n  return a\nf()', '3:2 2:10'],
  ['def f(a):\n  return 1\nf()', '3:2 1:1'],
  ['def f(a):\n  "doc"\n  if not a: pass\nf()', '4:2 3:10'],
  ['def f(a):\n  return [1, a.b(2)]\nf()', '3:2 1:1'],
  ['def f(a):\n  for i in a: pass\nf()', '3:2 2:12'],
  ['def f(a):\n  def g(z = a): pass\nf()', '3:2 2:13'],
  // A slice: the last place that its operands record.
  ['l = [1]\nx = l[1:"a"]', '2:5'],
  ['l = [1]\nx = l[l:"a"]', '2:7'],
  ['l = [1]\nx = (1 if l else 2)[1:2]', '2:11'],
  ['x = [1][:"a"]', '1:8'],
  ['x = [i for i in [1]][:"a"]', '1:6'],
  // Neighbouring literals of a sum are one, and then there is no plus.
  ['x = ("a" + "b")[:"a"]', '1:16'],
  ['x = ([1] + [-2] + [3])[:"a"]', '1:13'],
  ['y = "c"\nx = ("a" + "b" + y)[:"a"]', '2:16'],
  ['y = "c"\nx = (y + "a" + "b")[:"a"]', '2:8'],
];

for (const [source, frames] of cases) {
  test(JSON.stringify(source), t => t.is(framesOf(source), frames));
}
