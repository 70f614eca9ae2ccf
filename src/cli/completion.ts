// Shell completion scripts, made from the command table: commands, then flags, then files where a flag takes one.
import type { CommandEntry } from './command.ts';
import type { FlagSpec } from './flags.ts';
import { globalFlags } from './shared-flags.ts';

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

interface Row {
  readonly path: readonly string[];
  readonly summary: string;
  readonly flags: readonly FlagSpec[];
}

/** The script for `shell`; descriptions only where the shell shows them. */
export async function completionScript(
  shell: Shell,
  commands: readonly CommandEntry[],
  withDescriptions: boolean,
): Promise<string> {
  const rows: Row[] = [];
  for (const entry of commands.filter(e => !e.hidden)) {
    const { command } = await entry.load();
    const flags = [...command.flags, ...globalFlags].filter(flag => !flag.hidden);
    rows.push({ path: entry.path, summary: entry.summary, flags });
  }
  const write = { bash, zsh, fish, powershell }[shell];
  return write(rows, withDescriptions);
}

function children(rows: readonly Row[], path: readonly string[]): readonly Row[] {
  return rows.filter(row => row.path.length === path.length + 1 && path.every((word, i) => word === row.path[i]));
}

function wordsAt(rows: readonly Row[], path: readonly string[]): string[] {
  const row = rows.find(r => r.path.join(' ') === path.join(' '));
  const flags = (row?.flags ?? globalFlags).map(flag => `--${flag.name}`);
  return [...children(rows, path).map(r => r.path.at(-1)!), ...flags, '--help'];
}

function bash(rows: readonly Row[]): string {
  const paths = [[], ...rows.map(row => row.path)];
  const cases = paths.map(path => `    '${path.join(' ')}') words='${wordsAt(rows, path).join(' ')}' ;;`);
  return `# bash completion for tilt
_tilt() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path='' word i words=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in -*) continue ;; esac
    case ' ${rows.map(row => row.path.join('/')).join(' ')} ' in
      *" \${path:+\${path// //}/}$word "*) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _tilt tilt
`;
}

function zsh(rows: readonly Row[], withDescriptions: boolean): string {
  const describe = (name: string, text: string): string =>
    `'${name.replace(/:/g, '\\:')}${withDescriptions ? `:${text.replace(/'/g, '’')}` : ''}'`;
  const paths = [[], ...rows.map(row => row.path)];
  const cases = paths.map(path => {
    const row = rows.find(r => r.path.join(' ') === path.join(' '));
    const names = children(rows, path).map(r => describe(r.path.at(-1)!, r.summary));
    const flags = (row?.flags ?? globalFlags).map(flag => describe(`--${flag.name}`, flag.help));
    return `    '${path.join(' ')}') entries=(${[...names, ...flags].join(' ')}) ;;`;
  });
  return `#compdef tilt
_tilt() {
  local -a entries
  local at='' word
  for word in "\${words[@]:1:$((CURRENT - 2))}"; do
    [[ $word == -* ]] && continue
    case '|${rows.map(row => row.path.join(' ')).join('|')}|' in
      *"|\${at:+$at }$word|"*) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at" in
${cases.join('\n')}
  esac
  _describe 'tilt' entries || _files
}
compdef _tilt tilt
`;
}

function fish(rows: readonly Row[], withDescriptions: boolean): string {
  const quote = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
  const lines = rows.flatMap(row => {
    const parents = row.path.slice(0, -1);
    const at = parents.length === 0 ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${parents.join(' ')}`;
    const text = withDescriptions ? ` -d ${quote(row.summary)}` : '';
    const self = `complete -c tilt -f -n ${quote(at)} -a ${row.path.at(-1)}${text}`;
    const flags = row.flags.map(flag => {
      const short = flag.short ? ` -s ${flag.short}` : '';
      const value = flag.type === 'bool' ? '' : ' -r';
      const about = withDescriptions ? ` -d ${quote(flag.help)}` : '';
      return `complete -c tilt -n ${quote(`__fish_seen_subcommand_from ${row.path.at(-1)}`)} -l ${flag.name}${short}${value}${about}`;
    });
    return [self, ...flags];
  });
  return `# fish completion for tilt\n${lines.join('\n')}\n`;
}

function powershell(rows: readonly Row[]): string {
  const quote = (text: string): string => `'${text.replace(/'/g, "''")}'`;
  const paths = [[], ...rows.map(row => row.path)];
  const cases = paths.map(path => `    ${quote(path.join(' '))} = @(${wordsAt(rows, path).map(quote).join(', ')})`);
  return `# powershell completion for tilt
Register-ArgumentCompleter -Native -CommandName tilt -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${cases.join('\n')}
  }
  $path = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    $next = ("$path $($element.Extent.Text)").Trim()
    if ($words.ContainsKey($next)) { $path = $next }
  }
  $words[$path] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
