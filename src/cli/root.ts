// From arguments to a command: finds it, parses its flags, runs it, and words what went wrong (reference 1.1).
import { nearestName } from '../base/nearest-name.ts';
import { versionLine } from '../base/version.ts';
import { type CliIo, type Command, type CommandEntry, CommandFailed } from './command.ts';
import { childEntries, commandTable, findEntry } from './command-table.ts';
import { type FlagSpec, type ParsedArgs, parseArgs, UsageError } from './flags.ts';
import { envProblem, globalFlags, withEnvDefaults } from './shared-flags.ts';

/** Runs one command line; resolves to the exit code. */
export async function runCli(io: CliIo): Promise<number> {
  const args = io.argv.slice(2);
  const problem = envProblem(io.env);
  if (problem) return fail(io, problem);
  const found = findCommand(args);
  if (found.entry) return runEntry(io, found.entry, found.rest);
  return runRoot(io, args, found.word);
}

interface Found {
  readonly entry?: CommandEntry;
  /** The arguments without the command's name. */
  readonly rest: readonly string[];
  /** The first word that is no flag, when it is no command. */
  readonly word?: string;
}

/** Walks down the table by the words that are not flags; flags in between stay in `rest`, in order. */
function findCommand(args: readonly string[]): Found {
  let path: readonly string[] = [];
  const rest: string[] = [];
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') break;
    if (arg.startsWith('-') && arg !== '-') {
      rest.push(arg);
      // A flag of unknown kind written without '=' takes the next word with it, as cobra has it.
      if (takesNext(arg) && args[i + 1] !== undefined) rest.push(args[++i]!);
      continue;
    }
    const next = [...path, arg];
    if (!findEntry(next)) {
      if (path.length === 0) return { rest: args, word: arg };
      break;
    }
    path = next;
    if (childEntries(path).length === 0) {
      i++;
      break;
    }
  }
  const entry = findEntry(path);
  return entry ? { entry, rest: [...rest, ...args.slice(i)] } : { rest: args };
}

function takesNext(arg: string): boolean {
  if (arg.includes('=')) return false;
  if (arg.startsWith('--')) {
    const name = arg.slice(2);
    return !['debug', 'verbose', 'help', 'version'].includes(name);
  }
  return arg.length === 2 && !['-d', '-v', '-h'].includes(arg);
}

async function runRoot(io: CliIo, args: readonly string[], word: string | undefined): Promise<number> {
  if (await isUpWithoutName(args)) {
    io.stderr.write('No command given, so this is: tilt up\n');
    return runEntry(io, findEntry(['up'])!, args);
  }
  if (word !== undefined) return unknownCommand(io, word);
  let parsed: ParsedArgs;
  try {
    parsed = parseArgs([...globalFlags, { name: 'version', type: 'bool', help: '' }], args);
  } catch (error) {
    return usageFailure(io, [], undefined, error);
  }
  if (parsed.flags.bool('version')) {
    io.stdout.write(`${versionLine()}\n`);
    return 0;
  }
  const { showHelp } = await import('./help.ts');
  await showHelp(io, []);
  return 0;
}

/** Flags of `up`, and nothing else, mean `up`. */
async function isUpWithoutName(args: readonly string[]): Promise<boolean> {
  if (!args[0]?.startsWith('-')) return false;
  const rootOnly = /^(-[dvh]+|--(debug|verbose|help|version|klog)(=.*)?)$/;
  if (args.every((arg, i) => rootOnly.test(arg) || args[i - 1] === '--klog')) return false;
  const { command } = await findEntry(['up'])!.load();
  try {
    const parsed = parseArgs([...globalFlags, ...command.flags], args);
    return !parsed.wantsHelp && parsed.positionals.length === 0;
  } catch {
    return false;
  }
}

function unknownCommand(io: CliIo, word: string): number {
  const names = commandTable.filter(entry => entry.path.length === 1).map(entry => entry.path[0]!);
  const near = names.filter(name => name.startsWith(word.toLowerCase()) || nearestName(word, [name]) !== undefined);
  const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map(name => `\t${name}\n`).join('')}` : '';
  const text = `unknown command "${word}" for "tilt"${hint}`;
  io.stderr.write(`Error: ${text}\nRun 'tilt --help' for usage.\n`);
  io.stdout.write(`${text}\n`);
  return 1;
}

async function runEntry(io: CliIo, entry: CommandEntry, args: readonly string[]): Promise<number> {
  const { command } = await entry.load();
  const flags = withEnvDefaults(command.flags, io.env);
  let parsed: ParsedArgs;
  try {
    parsed = parseArgs([...globalFlags, ...flags], args, command.interspersed === false ? { interspersed: false } : {});
    if (parsed.wantsHelp) {
      const { showHelp } = await import('./help.ts');
      await showHelp(io, entry.path);
      return 0;
    }
    const problem = command.checkArgs?.(parsed.positionals.length);
    if (problem) throw new UsageError(problem);
    const { flags: values, positionals, dashAt } = parsed;
    return await command.run({
      flags: values,
      positionals,
      dashAt,
      io,
      path: entry.path,
      commands: commandTable,
      showHelp: helper(io),
    });
  } catch (error) {
    if (error instanceof UsageError) return usageFailure(io, entry.path, command, error);
    if (error instanceof CommandFailed) return fail(io, error.message, error.exitCode);
    if (isFileError(error)) return fail(io, error.message);
    throw error;
  }
}

/** A file that cannot be read or written: the person's matter, and the message names the file and the reason. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error)) return false;
  return ('syscall' in error && 'path' in error) || isFileError(error.cause);
}

function helper(io: CliIo): (path: readonly string[], stream?: NodeJS.WriteStream) => Promise<void> {
  return async (path, stream) => {
    const { showHelp } = await import('./help.ts');
    await showHelp(stream ? { ...io, stdout: stream } : io, path);
  };
}

async function usageFailure(
  io: CliIo,
  path: readonly string[],
  command: Command | undefined,
  error: unknown,
): Promise<number> {
  if (!(error instanceof UsageError)) throw error;
  const { usageText } = await import('./usage.ts');
  const flags: readonly FlagSpec[] = command ? withEnvDefaults(command.flags, io.env) : [];
  io.stderr.write(`Error: ${error.message}\n${usageText(path, command, flags)}\n`);
  io.stdout.write(`${error.message}\n`);
  return 1;
}

function fail(io: CliIo, text: string, exitCode = 1): number {
  if (text !== '') io.stderr.write(`Error: ${text}\n`);
  return exitCode;
}
