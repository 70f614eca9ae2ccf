// What one file contributes to its JavaScript beside statements: constants, names of the environment, function codes.
// Program text never becomes JavaScript text: names turn into numbered variables, strings into entries of a table.
import type { Dialect } from '../dialect.ts';
import { attributeName } from '../runtime/attributes.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { Binding, FunctionInfo, Stmt } from '../syntax/tree.ts';
import { Bytes } from '../values/bytes.ts';
import { Float } from '../values/float.ts';
import type { FunctionCode } from '../values/function-code.ts';
import { entryOffset } from './offsets.ts';
import { Shapes } from './shapes.ts';

/** A name that the environment gives. */
export interface EnvironmentName {
  readonly name: string;
  readonly scope: 'predeclared' | 'universal';
}

/** Tables that the generated code of a file refers to by number. */
export class Unit {
  readonly source: SourceFile;
  readonly dialect: Dialect;
  readonly shapes = new Shapes();
  readonly constants: unknown[] = [];
  readonly environment: EnvironmentName[] = [];
  readonly loads: string[] = [];
  readonly #constantIndex = new Map<string, number>();
  readonly #environmentIndex = new Map<string, number>();
  #labels = 0;

  constructor(source: SourceFile, dialect: Dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  #constant(key: string, make: () => unknown): string {
    let index = this.#constantIndex.get(key);
    if (index === undefined) {
      index = this.constants.push(make()) - 1;
      this.#constantIndex.set(key, index);
    }
    return `k${index}`;
  }

  string(text: string): string {
    return this.#constant(`s${text}`, () => text);
  }

  bytes(text: string): string {
    return this.#constant(`b${text}`, () => new Bytes(text));
  }

  float(value: number): string {
    return this.#constant(Object.is(value, -0) ? 'f-0' : `f${value}`, () => new Float(value));
  }

  /** An int literal: numbers are written out, others are constants. */
  int(value: number | bigint): string {
    if (typeof value === 'bigint') return this.#constant(`i${value}`, () => value);
    return value < 0 ? `(${value})` : String(value);
  }

  /** The name of an attribute, together with the methods of that name. */
  attribute(name: string): string {
    return this.#constant(`a${name}`, () => attributeName(name));
  }

  /** A new entry of the constant table. */
  object(value: unknown): string {
    return `k${this.constants.push(value) - 1}`;
  }

  /** The JavaScript variable of a name of the environment. */
  environmentName(name: string, scope: 'predeclared' | 'universal'): string {
    const key = `${scope} ${name}`;
    let index = this.#environmentIndex.get(key);
    if (index === undefined) {
      index = this.environment.push({ name, scope }) - 1;
      this.#environmentIndex.set(key, index);
    }
    return `e${index}`;
  }

  /** A label or variable name that nothing else has. */
  fresh(prefix: string): string {
    return `${prefix}${this.#labels++}`;
  }

  functionCode(info: FunctionInfo): FunctionCode {
    const { source } = this;
    const count = info.params.filter(param => param.kind !== 'UnaryExpr').length;
    const stars = (info.hasVarargs ? 1 : 0) + (info.hasKwargs ? 1 : 0);
    return {
      name: info.name,
      params: info.locals.slice(0, count + stars).map(binding => binding.name),
      named: count,
      keywordOnly: info.keywordOnly,
      hasVarargs: info.hasVarargs,
      hasKwargs: info.hasKwargs,
      offset: info.offset,
      entryOffset: entryOffset(info.body, info.offset),
      doc: docOf(info.body),
      recursion: this.dialect.recursion,
      placeAt: offset => source.placeAt(offset),
    };
  }
}

/** The JavaScript variable of a local or global variable. */
export function variable(binding: Binding): string {
  return `v${binding.id}`;
}

function docOf(body: readonly Stmt[]): string {
  const first = body[0];
  if (first?.kind !== 'ExprStmt' || first.x.kind !== 'Literal' || first.x.token !== 'string literal') return '';
  return String(first.x.value);
}
