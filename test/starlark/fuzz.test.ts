// Random programs from a seed. Every one has to end in a value or in a diagnostic, and never in an error of JavaScript's.
// STARLARK_FUZZ=100000 runs so many of each kind, STARLARK_FUZZ_SEED picks other ones.
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {
  everythingAllowed,
  execFile,
  StarlarkError,
  StarlarkEvalError,
  StaticErrors,
} from '../../src/starlark/index.ts';
import { randomFrom } from '../support/random-from.ts';

const count = Number(process.env['STARLARK_FUZZ'] ?? 400);
const firstSeed = Number(process.env['STARLARK_FUZZ_SEED'] ?? 1);

/** What is wrong with how a program ended, or undefined. */
function complaint(source: string | Uint8Array): string | undefined {
  try {
    execFile({ filename: 'f', source, options: everythingAllowed, maxSteps: 20_000, print: () => {} });
  } catch (error) {
    if (error instanceof StaticErrors) return error.errors.length > 0 ? undefined : 'no static error in the list';
    if (!(error instanceof StarlarkEvalError)) return `not a diagnostic: ${(error as Error).stack}`;
    const { cause } = error;
    const isOurs = cause instanceof StarlarkError || cause instanceof RangeError;
    return isOurs ? undefined : `JavaScript shines through: ${(cause as Error)?.stack}`;
  }
  return undefined;
}

function check(
  t: { is(a: unknown, b: unknown, message?: string): void },
  make: (random: (bound: number) => number) => string | Uint8Array,
): void {
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const source = make(randomFrom(seed * 7919));
    t.is(complaint(source), undefined, `seed ${seed}: ${String(source).slice(0, 500)}`);
  }
}

test('random bytes', t => {
  check(t, random => Uint8Array.from({ length: random(60) }, () => random(256)));
});

const words =
  'x y f len range sorted str if else elif for in while def return lambda not and or pass break continue load None True ( ) [ ] { } , : ; . = == + - * / // % | & ^ << >> < > ** += |= 0 1 2.5 1e400 0x 9007199254740993 "a" b"\\xff" \'\'\' # \\'.split(
    ' ',
  );

test('random tokens', t => {
  check(t, random =>
    Array.from({ length: random(40) }, () =>
      random(8) === 0 ? ['\n', '\n  ', '\n    ', '\t', '\r\n'][random(5)]! : `${words[random(words.length)]} `,
    ).join(''),
  );
});

const atoms =
  '0 1 -1 255 (1<<70) 1.5 0.0 float("nan") "" "ab" "é" b"a" True None [] [1,2] (1,) {} {"a":1} range(3) set([1]) len x y f (lambda*a:a)'.split(
    ' ',
  );
const functions =
  'len str repr type bool int float list tuple sorted reversed enumerate min max abs any all hash dir ord chr range set dict bytes zip getattr hasattr fail print'.split(
    ' ',
  );
const methods =
  'upper split format join replace find strip elems append extend pop insert remove index get items keys update setdefault popitem union add clear title codepoints'.split(
    ' ',
  );
const operators = '+ - * / // % | & ^ << >> == != < <= > >= in and or'.split(' ');

function expression(random: (bound: number) => number, depth: number): string {
  const pick = (list: readonly string[]): string => list[random(list.length)]!;
  const inner = (): string => expression(random, depth - 1);
  if (depth <= 0) return pick(atoms);
  switch (random(11)) {
    case 0:
    case 1:
      return `(${inner()} ${pick(operators)} ${inner()})`;
    case 2:
      return `${pick(functions)}(${Array.from({ length: random(3) }, inner).join(', ')})`;
    case 3:
      return `${inner()}.${pick(methods)}(${Array.from({ length: random(3) }, inner).join(', ')})`;
    case 4:
      return `${inner()}[${inner()}]`;
    case 5:
      return `${inner()}[${inner()}:${inner()}]`;
    case 6:
      return `[${inner()} for y in ${inner()} if ${inner()}]`;
    case 7:
      return `{${inner()}: ${inner()} for x in ${inner()}}`;
    case 8:
      return `(${inner()} if ${inner()} else ${inner()})`;
    case 9:
      return `f(${inner()}, *${inner()}, **{"k": ${inner()}})`;
    default:
      return `(lambda x, y = ${inner()}: ${inner()})(${inner()})`;
  }
}

test('random expressions and statements', t => {
  check(t, random => {
    const lines = ['x = 5', 'y = [1, 2]', 'def f(a, *b, **c): return [a, b, c]'];
    for (let i = random(4); i >= 0; i--) {
      const made = expression(random, 1 + random(3));
      lines.push(
        [`x = ${made}`, `y += ${made}`, `for x in ${made}: y = x`, `x, y = ${made}`, `def f(*x):\n  return ${made}`][
          random(5)
        ]!,
      );
    }
    return lines.join('\n');
  });
});

test('suites with pieces cut out, doubled and swapped', t => {
  const folder = path.resolve('test/starlark/suites');
  const texts = fs
    .readdirSync(folder)
    .sort()
    .flatMap(file => fs.readFileSync(path.join(folder, file), 'utf8').split('\n---\n'));
  check(t, random => {
    let text = texts[random(texts.length)]!.replace(/\b(eq|fails)\(/g, 'f(');
    for (let i = random(6); i >= 0; i--) {
      const at = random(text.length);
      const end = at + random(12);
      const from = random(text.length);
      text = text.slice(0, at) + text.slice(from, from + random(12)) + text.slice(end);
    }
    return `def f(*a): return a\n${text}`;
  });
});
