// "...{}...".format(...)
import { fail } from '../errors.ts';
import type { MethodFunction } from '../values/callable.ts';
import { quote } from '../values/quote.ts';
import { reprOf, textOf } from '../values/repr.ts';
import type { Kwargs, Value } from '../values/value.ts';

/** `name!conversion:spec` taken apart. */
interface Field {
  readonly name: string;
  readonly conversion: string;
  readonly spec: string;
}

function parseField(field: string): Field {
  const bang = field.indexOf('!');
  const tail = bang < 0 ? field : field.slice(bang + 1);
  const colon = tail.indexOf(':');
  const head = colon < 0 ? tail : tail.slice(0, colon);
  const spec = colon < 0 ? '' : tail.slice(colon + 1);
  return bang < 0 ? { name: head, conversion: 's', spec } : { name: field.slice(0, bang), conversion: head, spec };
}

/** Whether a field's name is a number: one that 64 bits hold, as starlark-go reads it. */
function isFieldNumber(name: string): boolean {
  return /^[0-9]+$/.test(name) && (name.length < 19 || BigInt(name) < 2n ** 63n);
}

/** Finds arguments; remembers whether fields are numbered by hand or in order. */
class Arguments {
  #next = 0;
  #numbering: 'automatic' | 'manual' | undefined;
  readonly #args: readonly Value[];
  readonly #kwargs: Kwargs;

  constructor(args: readonly Value[], kwargs: Kwargs) {
    this.#args = args;
    this.#kwargs = kwargs;
  }

  find(name: string): Value {
    if (name === '') {
      if (this.#numbering === 'manual') {
        fail('format: cannot switch from manual field specification to automatic field numbering');
      }
      this.#numbering = 'automatic';
      return this.#positional(this.#next++);
    }
    if (isFieldNumber(name)) {
      if (this.#numbering === 'automatic') {
        fail('format: cannot switch from automatic field numbering to manual field specification');
      }
      this.#numbering = 'manual';
      return this.#positional(Number(name));
    }
    const named = this.#kwargs.find(([key]) => key === name);
    return named ? named[1] : failUnknownField(name);
  }

  #positional(at: number): Value {
    const value = this.#args[at];
    return value === undefined ? fail('format: tuple index out of range') : value;
  }
}

function failUnknownField(name: string): never {
  if (name.includes('.')) {
    fail(`format: attribute syntax x.y is not supported in replacement fields: ${name}`);
  }
  if (name.includes('[')) fail(`format: element syntax a[i] is not supported in replacement fields: ${name}`);
  if (name.includes('{')) fail('format: nested replacement fields not supported');
  return fail(`format: keyword ${name} not found`);
}

function unescapeClosing(literal: string): string {
  if (/}/.test(literal.replaceAll('}}', ''))) fail("format: single '}' in format");
  return literal.replaceAll('}}', '}');
}

function formatField(field: string, args: Arguments): string {
  const { name, conversion, spec } = parseField(field);
  const value = args.find(name);
  if (spec !== '') fail(`format spec features not supported in replacement fields: ${spec}`);
  if (conversion === 's') return textOf(value);
  return conversion === 'r' ? reprOf(value) : fail(`format: unknown conversion ${quote(conversion)}`);
}

/** The method. */
export const formatMethod: MethodFunction = (_thread, self, args, kwargs) => {
  const format = self as string;
  const found = new Arguments(args, kwargs);
  let out = '';
  for (let from = 0; ; ) {
    const open = format.indexOf('{', from);
    if (open < 0) return out + unescapeClosing(format.slice(from));
    out += unescapeClosing(format.slice(from, open));
    if (format[open + 1] === '{') {
      out += '{';
      from = open + 2;
      continue;
    }
    const close = format.indexOf('}', open);
    if (close < 0) fail("format: unmatched '{' in format");
    out += formatField(format.slice(open + 1, close), found);
    from = close + 1;
  }
};
