// Files and processes: local, read_file, watch_file, listdir, local_git_repo (reference 2.3).
import path from 'node:path';
import { List, None, StarlarkObject, starlarkString, starlarkStringOfBytes, type Value } from '../../starlark/index.ts';
import { Blob } from '../blob.ts';
import { commandOf, commandText } from '../commands.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { type Evaluation, evaluationOf } from '../evaluation.ts';
import { localPath, stringable, stringMap, stringOrNone } from '../parameters.ts';
import { runCommand } from '../run-command.ts';

const localBuiltin = defineBuiltin(
  'local',
  [
    { name: 'command' },
    { name: 'quiet', type: 'bool', default: false },
    { name: 'command_bat', optional: true },
    { name: 'echo_off', type: 'bool', default: false },
    { name: 'env', unpack: stringMap, default: {} as Record<string, string> },
    { name: 'dir', optional: true },
    { name: 'stdin', unpack: stringable, optional: true },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    evaluation.checkContextIsAllowed('local');
    const command = commandOf(thread, args.command, { dir: args.dir, env: args.env });
    const stdout = runCommand(evaluation, command, {
      echo: args.echo_off ? undefined : 'local:',
      showsOutput: !args.quiet,
      ...(args.stdin === undefined ? {} : { stdin: args.stdin }),
    });
    return new Blob(stdout, `local: ${commandText(command?.args ?? [])}`);
  },
);

/** The text of a file, or the default when it is missing; the Tiltfile runs again when it changes or appears. */
export function readText(evaluation: Evaluation, file: string, fallback: Value | undefined): string | Value {
  evaluation.recordRead(file);
  try {
    return starlarkStringOfBytes(evaluation.deps.disk.readFile(file));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing && fallback !== undefined && fallback !== null) return fallback;
    throw error;
  }
}

const readFile = defineBuiltin(
  'read_file',
  [
    { name: 'paths', unpack: localPath },
    { name: 'default', unpack: stringOrNone, optional: true },
  ],
  (thread, args) => new Blob(readText(evaluationOf(thread), args.paths, args.default) as string, `file: ${args.paths}`),
);

const watchFile = defineBuiltin('watch_file', [{ name: 'paths', unpack: localPath }], (thread, { paths }) => {
  evaluationOf(thread).recordTree(paths);
  return None;
});

const listdir = defineBuiltin(
  'listdir',
  [
    { name: 'dir', unpack: localPath },
    { name: 'recursive', type: 'bool', default: false },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    const files: string[] = [];
    const walk = (dir: string): void => {
      for (const entry of evaluation.deps.disk.list(dir)) {
        const file = path.join(dir, entry.name);
        if (!entry.isDirectory) files.push(file);
        else if (args.recursive) walk(file);
      }
    };
    if (args.recursive) evaluation.recordTree(args.dir);
    // A folder that is not there has no files (Tilt walks it and drops the error).
    if (evaluation.deps.disk.stat(args.dir)?.isDirectory) walk(args.dir);
    return new List(files.map(starlarkString));
  },
);

/** What local_git_repo gives: paths inside a repository. */
class GitRepo extends StarlarkObject {
  readonly typeName = 'git.Repo';
  readonly #root: string;

  constructor(root: string) {
    super();
    this.#root = root;
  }

  override repr(): string {
    return `[git.Repo] '${starlarkString(this.#root)}'`;
  }

  override attrNames(): readonly string[] {
    return ['paths'];
  }

  override attr(name: string): Value | undefined {
    if (name !== 'paths') return undefined;
    const parameters = [{ name: 'paths', type: 'string' }] as const;
    return defineBuiltin('paths', parameters, (_thread, args) => starlarkString(path.join(this.#root, args.paths)));
  }
}

const localGitRepo = defineBuiltin('local_git_repo', [{ name: 'paths', type: 'string' }], (thread, args) => {
  const { disk } = evaluationOf(thread).deps;
  const paths = evaluationOf(thread).absolute(args.paths);
  if (!disk.stat(paths)) throw new Error(`Reading paths ${paths}: stat ${paths}: no such file or directory`);
  if (!disk.stat(path.join(paths, '.git')))
    throw new Error(`${paths} isn't a valid git repo: it doesn't have a .git/ directory`);
  return new GitRepo(paths);
});

/** Names of this topic. */
export function fileBuiltins(): Record<string, Value> {
  return { local: localBuiltin, read_file: readFile, watch_file: watchFile, listdir, local_git_repo: localGitRepo };
}
