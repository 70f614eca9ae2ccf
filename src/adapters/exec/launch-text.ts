// What the launcher's shell is told for one command: one line that changes folder and environment and becomes the program.
import { shellQuote } from './shell-quote.ts';

export interface LaunchCommand {
  readonly args: readonly string[];
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Variables that shells change by themselves; their values are said every time. */
const changing = ['PWD', 'OLDPWD', 'SHLVL'];

/** Variables that some shell forbids to set, or acts upon; they go by way of `env`. */
const special =
  /^(BASH.*|SHELLOPTS|E?UID|PPID|IFS|OPTIND|LINENO|S?RANDOM|SECONDS|EPOCH.*|FUNCNAME|GROUPS|DIRSTACK|HIST.*|LC_.*|LANG(UAGE)?|ENV|POSIXLY_CORRECT|PS4)$/;
const plainName = /^[A-Za-z_]\w*$/;

function isPlain(name: string): boolean {
  return plainName.test(name) && !special.test(name);
}

/** The environment to start the launcher with: what every shell passes on unchanged, plus the locale. */
export function launcherEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || changing.includes(name)) continue;
    if (isPlain(name) || /^(LC_\w+|LANG|LANGUAGE)$/.test(name)) kept[name] = value;
  }
  return kept;
}

/** One line, with the difference between the launcher's environment `base` and the child's. */
export function launchText(command: LaunchCommand, base: Readonly<Record<string, string>>): string {
  const { env, dir } = command;
  const exported = [`PWD=${dir}`];
  const unset: string[] = changing.filter(name => name !== 'PWD' && !(name in env));
  const byEnv: string[] = [];
  for (const name in base) {
    if (name in env) continue;
    if (isPlain(name)) unset.push(name);
    else byEnv.push('-u', name);
  }
  for (const name in env) {
    if (name === 'PWD' || (base[name] === env[name] && !changing.includes(name))) continue;
    if (isPlain(name)) exported.push(`${name}=${env[name]}`);
    else byEnv.push(`${name}=${env[name]}`);
  }
  const parts = [`cd ${oneLine(dir)} && export ${exported.map(assignment).join(' ')}`];
  if (unset.length > 0) parts.push(`unset ${unset.join(' ')}`);
  const through = byEnv.length > 0 ? `env ${byEnv.map(oneLine).join(' ')} ` : '';
  parts.push(`exec ${through}"$tl_S" ${command.args.map(oneLine).join(' ')}`);
  return parts.join('; ');
}

function assignment(text: string): string {
  const at = text.indexOf('=');
  return `${text.slice(0, at)}=${oneLine(text.slice(at + 1))}`;
}

/** A shell word without a newline in it: the launcher reads lines. */
function oneLine(word: string): string {
  if (!word.includes('\n')) return shellQuote(word);
  return word
    .split('\n')
    .map(part => (part === '' ? '' : shellQuote(part)))
    .join('"$tl_N"');
}
