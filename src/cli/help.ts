// Shows help. meow renders it, so that width and indentation are as in its other programs; the text comes from the tables.
import meow from 'meow';
import { versionLine } from '../base/version.ts';
import type { CliIo } from './command.ts';
import { findEntry } from './command-table.ts';
import { withEnvDefaults } from './shared-flags.ts';
import { helpText } from './usage.ts';

/** Prints the help of the command at `path` (the program's own for an empty path) on stdout. */
export async function showHelp(io: CliIo, path: readonly string[]): Promise<void> {
  const command = path.length === 0 ? undefined : (await findEntry(path)!.load()).command;
  const text = helpText(path, command, command ? withEnvDefaults(command.flags, io.env) : []);
  const cli = meow(text, {
    importMeta: import.meta,
    argv: [],
    pkg: { name: 'tilt' },
    description: false,
    autoHelp: false,
    autoVersion: false,
    helpIndent: 0,
    version: versionLine(),
  });
  io.stdout.write(`${cli.help.replace(/^\n+/, '').trimEnd()}\n`);
}
