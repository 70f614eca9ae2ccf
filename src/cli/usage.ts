// Help texts from the tables, laid out as cobra lays them out, so that scripts and eyes find what they know.

import type { Command } from './command.ts';
import { childEntries } from './command-table.ts';
import type { FlagSpec } from './flags.ts';
import { globalFlags } from './shared-flags.ts';

const program = 'tilt';

/** The usage block: line, commands below, flags. */
export function usageText(path: readonly string[], command: Command | undefined, flags: readonly FlagSpec[]): string {
  const children = childEntries(path).filter(entry => !entry.hidden);
  const name = [program, ...path].join(' ');
  const lines = ['Usage:'];
  if (children.length > 0 && path.length === 0) lines.push(`  ${name} [command]`);
  else if (children.length > 0) lines.push(`  ${name} [command]`);
  else lines.push(`  ${[name, command?.usage ?? '[flags]'].filter(s => s !== '').join(' ')}`);
  if (command?.examples) lines.push('', 'Examples:', command.examples);
  if (children.length > 0) {
    const width = Math.max(...children.map(entry => entry.path.at(-1)!.length));
    lines.push('', 'Available Commands:');
    for (const entry of children) lines.push(`  ${entry.path.at(-1)!.padEnd(width)}  ${entry.summary}`);
  }
  const help: FlagSpec = { name: 'help', short: 'h', type: 'bool', help: `help for ${path.at(-1) ?? program}` };
  const own = path.length === 0 ? [...globalFlags, help, versionFlag] : [...flags, help];
  lines.push('', 'Flags:', ...flagLines(own));
  if (path.length > 0) lines.push('', 'Global Flags:', ...flagLines(globalFlags));
  if (children.length > 0) lines.push('', `Use "${name} [command] --help" for more information about a command.`);
  return `${lines.join('\n')}\n`;
}

export const versionFlag: FlagSpec = { name: 'version', type: 'bool', help: `version for ${program}` };

/** Help and usage together. */
export function helpText(path: readonly string[], command: Command | undefined, flags: readonly FlagSpec[]): string {
  const intro = path.length === 0 ? rootIntro : (command?.help ?? command?.summary ?? '');
  return `${intro.trim()}\n\n${usageText(path, command, flags)}`;
}

const rootIntro = `
tilt runs what a Tiltfile names (local processes, images, Kubernetes, Compose), watches
its files, updates only what changed, and shows everything on a terminal screen.

Start with 'tilt up' in a folder that has a Tiltfile.`;

function flagLines(flags: readonly FlagSpec[]): string[] {
  const shown = flags.filter(flag => !flag.hidden).sort((a, b) => (a.name < b.name ? -1 : 1));
  const heads = shown.map(flag => {
    const type = flag.type === 'bool' ? '' : ` ${flag.type}`;
    const optional = flag.noOptDefault === undefined ? '' : `[="${flag.noOptDefault}"]`;
    return `  ${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${type}${optional}`;
  });
  const width = Math.max(...heads.map(head => head.length));
  return shown.map((flag, i) => `${heads[i]!.padEnd(width)}   ${flag.help}${defaultText(flag)}`);
}

function defaultText(flag: FlagSpec): string {
  const { default: value } = flag;
  if (value === undefined || value === '' || value === 0 || value === false) return '';
  return typeof value === 'string' && flag.type === 'string' ? ` (default "${value}")` : ` (default ${value})`;
}
