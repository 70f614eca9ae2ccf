// The json module: encode, encode_indent, decode, indent.
import { fail } from '../errors.ts';
import { asString, checkPositional, convertArgument } from '../runtime/arguments.ts';
import { unpackArgs } from '../runtime/unpack-args.ts';
import { Builtin } from '../values/callable.ts';
import { Module } from '../values/struct.ts';
import type { Kwargs, Value } from '../values/value.ts';
import { JsonDecoder } from './json-decode.ts';
import { encodeValue } from './json-encode.ts';
import { indentJson } from './json-text.ts';

function named<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && !(error instanceof RangeError)) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

function layoutOptions(name: string, kwargs: Kwargs): { prefix: string; indent: string } {
  return unpackArgs(name, [], kwargs, [
    { name: 'prefix', type: 'raw string', default: '' },
    { name: 'indent', type: 'raw string', default: '\t' },
  ]);
}

function decode(args: readonly Value[], kwargs: Kwargs): Value {
  const name = 'json.decode';
  const given = unpackArgs(name, args, kwargs, [
    { name: 'x', type: 'raw string' },
    { name: 'default', optional: true },
  ]);
  if (args.length < 1) fail(`${name}: unexpected keyword argument x`);
  const decoder = new JsonDecoder(given.x);
  try {
    return decoder.decode();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof RangeError) throw error;
    if (given.default !== undefined) return given.default;
    error.message = `${name}: at offset ${decoder.at}, ${error.message}`;
    throw error;
  }
}

function makeJson(): Module {
  const members: [string, Value][] = [
    [
      'encode',
      new Builtin('json.encode', (_thread, args, kwargs) => {
        checkPositional('json.encode', args, kwargs, [1, 1]);
        return named('json.encode', () => encodeValue(args[0]!));
      }),
    ],
    [
      'encode_indent',
      new Builtin('json.encode_indent', (_thread, args, kwargs) => {
        const { prefix, indent } = layoutOptions('json.encode_indent', kwargs);
        checkPositional('json.encode_indent', args, [], [1, 1]);
        return named('json.encode_indent', () => indentJson(encodeValue(args[0]!), prefix, indent));
      }),
    ],
    ['decode', new Builtin('json.decode', (_thread, args, kwargs) => decode(args, kwargs))],
    [
      'indent',
      new Builtin('json.indent', (_thread, args, kwargs) => {
        const { prefix, indent } = layoutOptions('json.indent', kwargs);
        checkPositional('json.indent', args, [], [1, 1]);
        const text = convertArgument('json.indent', 1, args[0]!, asString);
        return named('json.indent', () => indentJson(text, prefix, indent));
      }),
    ],
  ];
  return new Module('json', members);
}

/** The json module; predeclare it as `json`. */
export const json: Module = /* @__PURE__ */ makeJson();
