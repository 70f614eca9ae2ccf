// The shell programs that stand beside us. Both run detached, in a session of their own, and learn of our death by the
// end of their standard input, however we died. Portable to dash, busybox ash and bash: no arrays, no job control.
import { shellQuote } from './shell-quote.ts';

/** Ends everything that carries our TILT_SESSION: $1 is the signal. Needs $session. The pattern is split so that it does not match itself. */
const sweepFunction = `
carriers() {
  if [ -r /proc/self/environ ]; then
    grep -lzxF "TILT_SESSION=$session" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r _ _ pid _; do echo "$pid"; done
  else
    ps axeww -o pid=,command= 2>/dev/null | grep " [T]ILT_SESSION=$session" | while read -r pid _; do echo "$pid"; done
  fi
}
sweep() {
  for pid in $(carriers); do [ "$pid" = $$ ] || kill -s "$1" "$pid" 2>/dev/null; done
}
`;

/**
 * The launcher. Arguments: folder of its FIFOs, grace in seconds, session id, FIFOs to make at the start.
 * Reads   r ID OUT ERR IN TEXT   run TEXT with these redirections (ERR '-': as OUT)
 *         m ID NAME...           make FIFOs
 *         j                      collect what has ended
 * Writes  ok | x REASON          ready, or cannot work here
 *         s ID PID | e ID CODE   started, ended
 *         m ID                   made
 * One waiting subshell stands between it and each child: portable shells cannot wait for "any" child.
 */
export const launcherScript = `
trap '' HUP INT QUIT TERM USR1 TSTP PIPE
N="
"
dir=$1 grace=$2 session=$3
shift 3
cd "$dir" || exit 1
S=$(command -v setsid) || { echo "x no setsid"; exit 0; }
env --default-signal true 2>/dev/null || { echo "x env has no --default-signal"; exit 0; }
mkfifo -m 600 "$@" || { echo "x no mkfifo"; exit 0; }
${sweepFunction}
group() { kill -s "$1" -- "-$p" 2>/dev/null || kill -s "$1" "$p" 2>/dev/null; }
supervise() {
  p= due=
  trap 'due=TERM; [ -z "$p" ] || group TERM' TERM
  trap 'due=KILL; [ -z "$p" ] || group KILL' USR1
  ( trap - TERM USR1
    exec <"$4" >"$2"
    if [ "$3" = - ]; then exec 2>&1; else exec 2>"$3"; fi
    eval "$5" ) &
  p=$!
  echo "s $1 $p"
  [ -z "$due" ] || group "$due"
  while :; do
    wait "$p"
    c=$?
    kill -0 "$p" 2>/dev/null || break
  done
  kill -s KILL -- "-$p" 2>/dev/null
  echo "e $1 $c"
}
echo ok
while read -r op id out err in text; do
  case $op in
  r) supervise "$id" "$out" "$err" "$in" "$text" & ;;
  m) mkfifo -m 600 $out $err $in $text; echo "m $id" ;;
  j) jobs >/dev/null ;;
  esac
done
kill -s TERM 0
sweep TERM
( ( sleep "$grace"; kill -s USR1 0; sleep 2; kill -s KILL 0 ) & )
wait
n=0
while [ -n "$(carriers)" ] && [ "$n" -lt "$grace" ]; do sleep 1; n=$((n + 1)); done
sweep KILL
cd / && rm -rf "$dir"
kill -s KILL 0
`;

/**
 * The watchdog beside children that we start ourselves (macOS, busybox). Arguments as the launcher's.
 * Reads   + PID   watch the group PID        - PID   it has ended
 */
export const watchdogScript = `
trap '' HUP INT QUIT TERM TSTP PIPE
dir=$1 grace=$2 session=$3 live=
${sweepFunction}
while read -r op pid; do
  case $op in
  +) live="$live $pid" ;;
  -) rest=; for g in $live; do [ "$g" = "$pid" ] || rest="$rest $g"; done; live=$rest ;;
  esac
done
for g in $live; do kill -s TERM -- "-$g" 2>/dev/null; done
sweep TERM
n=0
while [ "$n" -lt "$((grace * 10))" ]; do
  some=
  for g in $live; do if kill -0 -- "-$g" 2>/dev/null; then some=1; fi; done
  [ -n "$some" ] || [ -n "$(carriers)" ] || break
  sleep 0.1 2>/dev/null || { sleep 1; n=$((n + 9)); }
  n=$((n + 1))
done
for g in $live; do kill -s KILL -- "-$g" 2>/dev/null; done
sweep KILL
cd / && rm -rf "$dir"
`;

export interface LaunchText {
  readonly args: readonly string[];
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Variables that a shell sets by itself, so that their values are always said. */
const shellOwned = ['PWD', 'OLDPWD', 'SHLVL', '_'];

/** The environment to start the launcher with: what shells pass on unchanged. */
export function launcherEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && /^[A-Za-z_]\w*$/.test(name) && !shellOwned.includes(name)) kept[name] = value;
  }
  delete kept['ENV'];
  delete kept['BASH_ENV'];
  return kept;
}

/** The text of an `r` line: one line, with the difference between the launcher's environment and the child's. */
export function launchText(command: LaunchText, base: Readonly<Record<string, string>>): string {
  const unset: string[] = [];
  const set: string[] = [];
  for (const name of new Set([...Object.keys(base), ...shellOwned])) {
    if (!(name in command.env)) unset.push('-u', name);
  }
  for (const [name, value] of Object.entries(command.env)) {
    if (base[name] !== value) set.push(`${name}=${value}`);
  }
  const words = [...unset, ...set].map(oneLine).join(' ');
  return `cd ${oneLine(command.dir)} && exec env --default-signal ${words} "$S" ${command.args.map(oneLine).join(' ')}`;
}

/** A shell word without a newline in it: the launcher reads lines. */
function oneLine(word: string): string {
  return word
    .split('\n')
    .map(part => (part === '' ? '' : shellQuote(part)))
    .join('"$N"')
    .concat(word === '' ? "''" : '');
}
