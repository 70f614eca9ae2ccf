// os, os.path, sys and shlex (reference 2.3).
import path from 'node:path';
import { shellQuote } from '../../adapters/exec/shell-quote.ts';
import {
  builtin,
  Dict,
  jsString,
  List,
  None,
  repr,
  StarlarkObject,
  starlarkString,
  type Thread,
  Tuple,
  typeOf,
  type Value,
  type ValueIterator,
} from '../../starlark/index.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf } from '../evaluation.ts';
import { elements, stringable } from '../parameters.ts';
import { TiltModule } from '../tilt-module.ts';

type Env = Record<string, string | undefined>;

/** os.environ: the live environment of the process, as a dict (reference 7, row 13). */
class Environ extends StarlarkObject {
  readonly typeName = 'environ';
  #env: Env;

  constructor(env: Env) {
    super();
    this.#env = env;
  }

  #names(): string[] {
    return Object.keys(this.#env).sort();
  }

  #pairs(): [string, string][] {
    return this.#names().map(name => [starlarkString(name), starlarkString(this.#env[name] ?? '')]);
  }

  override repr(): string {
    return `environ(${new Dict(this.#pairs()).repr([])})`;
  }

  override truth(): boolean {
    return this.#names().length > 0;
  }

  override length(): number {
    return this.#names().length;
  }

  override iterate(): ValueIterator {
    const names = this.#names();
    let at = 0;
    return { next: () => (at < names.length ? starlarkString(names[at++]!) : undefined), done() {} };
  }

  override get(key: Value): Value | undefined {
    const value = typeof key === 'string' ? this.#env[jsString(key)] : undefined;
    if (value === undefined)
      throw new Error(`key ${typeof key === 'string' ? JSON.stringify(jsString(key)) : typeOf(key)} not in environ`);
    return starlarkString(value);
  }

  override has(key: Value): boolean {
    return typeof key === 'string' && this.#env[jsString(key)] !== undefined;
  }

  override setKey(key: Value, value: Value): void {
    if (typeof key !== 'string') throw new Error(`putenv() key must be a string, not ${typeOf(key)}`);
    if (typeof value !== 'string') throw new Error(`putenv() value must be a string, not ${typeOf(value)}`);
    this.#env[jsString(key)] = jsString(value);
  }

  override items(): readonly (readonly [Value, Value])[] {
    return this.#pairs();
  }

  override attrNames(): readonly string[] {
    return ['clear', 'get', 'items', 'keys', 'pop', 'popitem', 'setdefault', 'unset', 'update', 'values'];
  }

  override attr(name: string): Value | undefined {
    if (!this.attrNames().includes(name)) return undefined;
    return builtin(name, (thread, args, kwargs) => this.#call(name, thread, args, kwargs));
  }

  #call(name: string, _thread: Thread, args: readonly Value[], kwargs: readonly (readonly [string, Value])[]): Value {
    const key = typeof args[0] === 'string' ? jsString(args[0]) : undefined;
    const current = key === undefined ? undefined : this.#env[key];
    switch (name) {
      case 'get':
        return current === undefined ? (args[1] ?? None) : starlarkString(current);
      case 'items':
        return new List(this.#pairs().map(pair => new Tuple(pair)));
      case 'keys':
        return new List(this.#names().map(starlarkString));
      case 'values':
        return new List(this.#pairs().map(pair => pair[1]));
      case 'pop':
        if (key !== undefined && current !== undefined) {
          delete this.#env[key];
          return starlarkString(current);
        }
        if (args.length > 1) return args[1]!;
        throw new Error(`pop: key ${JSON.stringify(key)} not in environ`);
      case 'popitem':
        return this.#popItem();
      case 'setdefault':
        if (current !== undefined) return starlarkString(current);
        this.setKey(args[0] ?? None, args[1] ?? None);
        return args[1] ?? None;
      case 'update':
        return this.#update(args, kwargs);
      case 'unset':
        if (key !== undefined) delete this.#env[key];
        return None;
      default:
        for (const each of this.#names()) delete this.#env[each];
        return None;
    }
  }

  #popItem(): Value {
    const [pair] = this.#pairs();
    if (!pair) throw new Error('popitem: empty environ');
    delete this.#env[jsString(pair[0])];
    return new Tuple(pair);
  }

  #update(args: readonly Value[], kwargs: readonly (readonly [string, Value])[]): Value {
    if (args.length > 1) throw new Error(`update: got ${args.length} arguments, want at most 1`);
    const [source] = args;
    if (source instanceof StarlarkObject && source.items) {
      for (const [key, value] of source.items()) this.setKey(key, value);
    } else if (source !== undefined) {
      elements(source).forEach((pair, i) => {
        const parts = elements(pair);
        if (parts.length !== 2)
          throw new Error(`update: dictionary update sequence element #${i} has length ${parts.length}, want 2`);
        this.setKey(parts[0]!, parts[1]!);
      });
    }
    for (const [key, value] of kwargs) this.setKey(key, value);
    return None;
  }
}

function stringArg(value: Value): string {
  if (typeof value !== 'string') throw new Error(`got ${typeOf(value)}, want string`);
  return jsString(value);
}

const pathParameter = [{ name: 'path', unpack: stringArg }] as const;

function pathModule(): TiltModule {
  const join = builtin('os.path.join', (_thread, args) => {
    const parts = args.map((arg, i) => {
      if (typeof arg !== 'string') throw new Error(`os.path.join() only accepts strings. Argument #${i}: ${repr(arg)}`);
      return jsString(arg);
    });
    const kept = parts.filter(part => part !== '');
    // A later absolute part does not start anew, as Go's filepath.Join has it.
    return starlarkString(kept.length === 0 ? '' : path.normalize(kept.join('/')).replace(/(.)\/$/, '$1'));
  });
  return new TiltModule('os.path', {
    abspath: defineBuiltin('os.path.abspath', pathParameter, (thread, { path: given }) =>
      starlarkString(evaluationOf(thread).absolute(given)),
    ),
    basename: defineBuiltin('os.path.basename', pathParameter, (_thread, { path: given }) =>
      starlarkString(given === '' ? '.' : path.basename(given) || '/'),
    ),
    dirname: defineBuiltin('os.path.dirname', pathParameter, (_thread, { path: given }) =>
      starlarkString(goDirname(given)),
    ),
    exists: defineBuiltin('os.path.exists', pathParameter, (thread, { path: given }) => {
      const evaluation = evaluationOf(thread);
      return evaluation.deps.disk.stat(evaluation.absolute(given)) !== undefined;
    }),
    join,
    realpath: defineBuiltin('os.path.realpath', pathParameter, (thread, { path: given }) => {
      const evaluation = evaluationOf(thread);
      return starlarkString(evaluation.deps.disk.realPath(evaluation.absolute(given)));
    }),
    relpath: defineBuiltin(
      'os.path.relpath',
      [
        { name: 'targpath', type: 'string' },
        { name: 'basepath', type: 'string', optional: true },
      ],
      (thread, { targpath, basepath }) =>
        starlarkString(relativePath(basepath ?? evaluationOf(thread).currentDir, targpath)),
    ),
  });
}

/** filepath.Dir: everything but the last element, cleaned. */
function goDirname(given: string): string {
  const slash = given.lastIndexOf('/');
  return path.normalize(slash < 0 ? '.' : given.slice(0, slash + 1)).replace(/(.)\/$/, '$1');
}

function relativePath(base: string, target: string): string {
  if (path.isAbsolute(base) !== path.isAbsolute(target))
    throw new Error(`Rel: can't make ${target} relative to ${base}`);
  return path.relative(base, target) || '.';
}

function osModule(env: Env): TiltModule {
  const environ = new Environ(env);
  return new TiltModule('os', {
    environ,
    name: starlarkString('posix'),
    path: pathModule(),
    getcwd: defineBuiltin('os.getcwd', [], thread => starlarkString(evaluationOf(thread).currentDir)),
    getenv: defineBuiltin(
      'os.getenv',
      [
        { name: 'key', unpack: stringable },
        { name: 'default', optional: true },
      ],
      (_thread, args) => {
        const value = env[args.key];
        return value === undefined ? (args.default ?? None) : starlarkString(value);
      },
    ),
    putenv: defineBuiltin(
      'os.putenv',
      [
        { name: 'key', unpack: stringable },
        { name: 'value', unpack: stringable },
      ],
      (_thread, args) => {
        env[args.key] = args.value;
        return None;
      },
    ),
    unsetenv: defineBuiltin('os.unsetenv', [{ name: 'key', unpack: stringable }], (_thread, args) => {
      delete env[args.key];
      return None;
    }),
  });
}

/** Names of this topic. */
export function osBuiltins(input: {
  readonly env: Env;
  readonly argv: readonly string[];
  readonly executable: string;
}): Record<string, Value> {
  return {
    os: osModule(input.env),
    sys: new TiltModule('sys', {
      argv: new List(input.argv.map(starlarkString)),
      executable: starlarkString(input.executable),
    }),
    shlex: new TiltModule('shlex', {
      quote: defineBuiltin('shlex.quote', [{ name: 'name', type: 'string' }], (_thread, { name }) =>
        starlarkString(shellQuote(name)),
      ),
    }),
  };
}
