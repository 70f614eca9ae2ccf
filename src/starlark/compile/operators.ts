// Operators as JavaScript. In code that may run often the case of two small ints is written out in place; everything else
// is a call of the runtime.

import type { RuntimeName, runtime } from '../runtime/for-generated-code.ts';
import type { Thread, Value } from '../values/value.ts';
import { complex, type FunctionWriter, type Operand } from './function-writer.ts';

/** A binary operation to write. `holder` is a temporary for the left operand. */
interface Operation {
  readonly op: string;
  readonly x: Operand;
  readonly y: Operand;
  /** Where the operator stands. */
  readonly offset: number;
  readonly holder: string;
}

/** A runtime function that computes `x op y`. */
type OperatorName = {
  [Name in RuntimeName]: (typeof runtime)[Name] extends (thread: Thread, x: Value, y: Value, offset: number) => Value
    ? Name
    : never;
}[RuntimeName];

const arithmeticFunctions: Readonly<Record<string, OperatorName>> = {
  '+': '$add',
  '-': '$sub',
  '*': '$mul',
  '/': '$div',
  '//': '$floordiv',
  '%': '$mod',
  '|': '$or',
  '&': '$and',
  '^': '$xor',
  '<<': '$shl',
  '>>': '$shr',
};

const inPlaceFunctions: Readonly<Record<string, OperatorName>> = { ...arithmeticFunctions, '+': '$iadd', '|': '$ior' };

const comparisonFunctions: Readonly<Record<string, OperatorName>> = {
  '==': '$eq',
  '!=': '$ne',
  '<': '$lt',
  '<=': '$le',
  '>': '$gt',
  '>=': '$ge',
};

const strictOperators: Readonly<Record<string, string>> = { '==': '===', '!=': '!==' };

const maxSafe = '9007199254740991';

/** The runtime function of an arithmetic or bitwise operator; undefined for others. */
export function arithmeticFunctionOf(op: string): OperatorName | undefined {
  return Object.hasOwn(arithmeticFunctions, op) ? arithmeticFunctions[op] : undefined;
}

/** The runtime function of a comparison other than `in`; undefined for others. */
export function comparisonFunctionOf(op: string): OperatorName | undefined {
  return Object.hasOwn(comparisonFunctions, op) ? comparisonFunctions[op] : undefined;
}

/** Both operands as names that can be repeated, and the code that has to run before. */
interface Held {
  readonly x: string;
  readonly y: string;
  /** Assignments, each with a comma behind. */
  readonly before: string;
  readonly isInts: string;
}

function hold(writer: FunctionWriter, { x, y, holder }: Operation): Held {
  let before = '';
  let xName = x.code;
  let yName = y.code;
  if (!x.simple) {
    before += `${holder}=${x.code},`;
    xName = holder;
  }
  if (!y.simple) {
    // Safe to take now: the right operand is evaluated when the temporaries it uses are free again.
    yName = writer.temporary();
    before += `${yName}=${y.code},`;
  }
  const tests: string[] = [];
  if (x.type !== 'int') tests.push(`typeof ${xName}==="number"`);
  if (y.type !== 'int' && yName !== xName) tests.push(`typeof ${yName}==="number"`);
  return { x: xName, y: yName, before, isInts: tests.length > 0 ? tests.join('&&') : 'true' };
}

/** The test that a result is still a small int; one bound is enough for a sum or difference with a literal. */
function inRange(op: string, result: string, y: Operand): string {
  const isShift = y.type === 'int' && op !== '*';
  const grows = isShift && (op === '+' ? y.int! >= 0 : y.int! <= 0);
  const shrinks = isShift && !grows;
  const tests: string[] = [];
  if (!shrinks) tests.push(`${result}<=${maxSafe}`);
  if (!grows) tests.push(`${result}>=-${maxSafe}`);
  return tests.join('&&');
}

/** x op y for an arithmetic or bitwise operator; `inPlace` for `x op= y`. */
export function emitArithmetic(writer: FunctionWriter, operation: Operation, inPlace = false): Operand {
  const { op, x, y, offset } = operation;
  const name = (inPlace ? inPlaceFunctions : arithmeticFunctions)[op]!;
  if (writer.isHot && (op === '%' || op === '//') && y.type === 'int' && y.int! > 0) {
    return divideByLiteral(writer, operation, name);
  }
  if (!writer.isHot || (op !== '+' && op !== '-' && op !== '*')) {
    return complex(`${name}(T,${x.code},${y.code},${offset})`);
  }
  const mark = writer.mark();
  const held = hold(writer, operation);
  const result = writer.temporary();
  // Adding 0 turns -0 into 0.
  const compute = op === '*' ? `${result}=${held.x}*${held.y}+0` : `${result}=${held.x}${op}${held.y}`;
  const fits = `(${compute},${inRange(op, result, y)})`;
  const code = `(${held.before}${held.isInts}&&${fits}?${result}:${name}(T,${held.x},${held.y},${offset}))`;
  writer.release(mark);
  return complex(code);
}

/** x % n or x // n for a positive literal n: for an int x >= 0 it is JavaScript's own remainder. */
function divideByLiteral(writer: FunctionWriter, operation: Operation, name: string): Operand {
  const mark = writer.mark();
  const { x, y, before } = hold(writer, operation);
  writer.release(mark);
  const quick = operation.op === '%' ? `${x}%${y}` : `(${x}-${x}%${y})/${y}`;
  return complex(`(${before}typeof ${x}==="number"&&${x}>=0?${quick}:${name}(T,${x},${y},${operation.offset}))`);
}

/** x op y for a comparison. */
export function emitComparison(writer: FunctionWriter, operation: Operation): Operand {
  const { op, x, y, offset } = operation;
  const name = comparisonFunctions[op]!;
  if (!writer.isHot) return complex(`${name}(T,${x.code},${y.code},${offset})`, 'bool');
  const mark = writer.mark();
  const held = hold(writer, operation);
  const compare = `${held.x}${strictOperators[op] ?? op}${held.y}`;
  writer.release(mark);
  return complex(`(${held.before}${held.isInts}?${compare}:${name}(T,${held.x},${held.y},${offset}))`, 'bool');
}
