// Commands of a Tiltfile: a string is a shell script, a list is an argv (reference 2.3).
import type { CommandSpec } from '../api/kinds-internal.ts';
import { jsString, StarlarkObject, type Thread, type Value } from '../starlark/index.ts';
import { evaluationOf } from './evaluation.ts';
import { goTypeName } from './go-types.ts';
import { localPath, stringSequence } from './parameters.ts';

/** The command that the values describe; undefined for an empty one. `dir` and `env` as they were given. */
export function commandOf(
  thread: Thread,
  command: Value | undefined,
  options: { readonly dir?: Value | undefined; readonly env: Readonly<Record<string, string>> },
): CommandSpec | undefined {
  const names = Object.keys(options.env);
  // Most resources lack one of their two commands.
  if (command === undefined && options.dir === undefined && names.length === 0) return undefined;
  const dir = commandDir(thread, options.dir);
  const env = names.sort().map(key => {
    if (key === '') throw new Error(`environment has empty key for value ${JSON.stringify(options.env[key])}`);
    return `${key}=${options.env[key]}`;
  });
  const args = argsOf(command);
  return args.length === 0 ? undefined : { args, dir, env };
}

function commandDir(thread: Thread, dir: Value | undefined): string {
  if (dir === undefined || dir === null) return evaluationOf(thread).currentDir;
  try {
    return localPath(dir, thread);
  } catch (error) {
    throw new Error(`a command directory must be empty or a string: ${(error as Error).message}`);
  }
}

function argsOf(command: Value | undefined): readonly string[] {
  if (command === undefined) return [];
  if (typeof command === 'string') {
    const script = jsString(command);
    // Blanks alone are a script, one that does nothing.
    return script === '' ? [] : ['sh', '-c', trimSpace(script)];
  }
  if (command instanceof StarlarkObject && command.iterate && command.length) {
    try {
      return stringSequence(command);
    } catch (error) {
      throw new Error(`a command must be a string or a list of strings: ${(error as Error).message}`);
    }
  }
  throw new Error(`a command must be a string or list of strings. found ${goTypeName(command)}`);
}

/** A command in messages: the script itself when it is one line, else words, those with spaces in Go's quotes. */
export function commandText(args: readonly string[]): string {
  const isScript = args.length === 3 && args[0] === 'sh' && args[1] === '-c' && !args[2]!.includes('\n');
  if (isScript) return args[2]!;
  return args.map(arg => (arg.includes(' ') ? JSON.stringify(arg) : arg)).join(' ');
}

/** Without blanks at both ends, as Go sees blanks: a byte order mark is none. */
function trimSpace(text: string): string {
  if (/^[!-~]/.test(text) && /[!-~]$/.test(text)) return text;
  return text.replace(/^[\s\u0085]+|[\s\u0085]+$/g, blanks => {
    const mark = blanks.indexOf('\uFEFF');
    return mark < 0 ? '' : blanks.slice(mark, blanks.lastIndexOf('\uFEFF') + 1);
  });
}
