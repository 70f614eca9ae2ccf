// The shell programs that stand beside us. They run detached, in a session of their own, and learn of our death by the
// end of their standard input, however we died. Portable to dash, busybox ash and bash: no arrays, no job control.
import fs from 'node:fs';
import path from 'node:path';

/** Finds and signals what carries our TILT_SESSION. Needs $session. The pattern is written so that it does not match itself. */
const sweepFunctions = `
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
end_all() {
  for g in $live; do kill -s TERM -- "-$g" 2>/dev/null || kill -s TERM "$g" 2>/dev/null; done
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
}
`;

/**
 * One worker: a shell that runs one command at a time in its foreground. Arguments: its number, the path of setsid.
 * Reads   ID OUT ERR IN TEXT   from the FIFO w<number>: run TEXT with these redirections (ERR '-': as OUT)
 * Writes  s ID PID | e ID CODE to the launcher's standard output; its child's pid to the file p<number>.
 * In the foreground, because a portable shell starts background commands with SIGINT and SIGQUIT ignored for ever.
 */
const workerScript = `
n=$1 S=$2
N="
"
exec 3<"w$n" 4>&1 >/dev/null
while read -r id out err in text <&3; do
  ( exec <"$in" >"$out" 3<&-
    if [ "$err" = - ]; then exec 2>&1; else exec 2>"$err"; fi
    read -r p _ </proc/self/stat
    echo "$p" >"p$n"
    echo "s $id $p" >&4
    exec 4>&-
    eval "$text" )
  c=$?
  echo "e $id $c" >&4
  true >"p$n"
done
`;

/**
 * The launcher. Arguments: folder of its FIFOs, grace in seconds, session id, FIFOs to make at the start.
 * Reads   m NAME...     make FIFOs
 *         w NUMBER...   make workers
 * Writes  ok | x REASON ready, or cannot work here
 *         m             made
 *         w NUMBER PID  this worker waits for commands
 *         and what the workers write.
 */
const mainScript = `
trap '' HUP INT QUIT TERM TSTP PIPE
dir=$1 grace=$2 session=$3
shift 3
cd "$dir" || exit 1
[ -r /proc/self/stat ] || { echo "x no /proc"; exit 0; }
S=$(command -v setsid) || { echo "x no setsid"; exit 0; }
env --default-signal true 2>/dev/null || { echo "x env has no --default-signal"; exit 0; }
mkfifo -m 600 "$@" || { echo "x no mkfifo"; exit 0; }
${sweepFunctions}
echo ok
while read -r op names; do
  case $op in
  m) mkfifo -m 600 $names; echo m ;;
  w)
    for n in $names; do
      mkfifo -m 600 "w$n"
      env --default-signal sh ./tilt-worker "$n" "$S" </dev/null &
      echo "w $n $!"
    done ;;
  esac
done
live=
for f in p*; do
  p=
  [ -r "$f" ] && read -r p <"$f"
  live="$live $p"
done
end_all
kill -s KILL 0
`;

/**
 * The watchdog beside children that we start ourselves (macOS, busybox). Arguments: folder, grace in seconds, session id.
 * Reads   + PID   watch the group PID        - PID   it has ended
 */
const watchdogText = `
trap '' HUP INT QUIT TERM TSTP PIPE
dir=$1 grace=$2 session=$3 live=
${sweepFunctions}
while read -r op pid; do
  case $op in
  +) live="$live $pid" ;;
  -) rest=; for g in $live; do [ "$g" = "$pid" ] || rest="$rest $g"; done; live=$rest ;;
  esac
done
end_all
`;

export interface BesideUs {
  /** Folder for FIFOs; removed at the end. */
  readonly path: string;
  /** From TERM to KILL when we die. */
  readonly orphanGraceSeconds: number;
  readonly sessionId: string;
}

/** Writes the launcher's programs into the folder; arguments of /bin/sh to run it. It makes `fifos` before it says that it is ready. */
export function prepareLauncher(folder: BesideUs, fifos: readonly string[]): string[] {
  writeScript(folder, 'tilt-worker', workerScript);
  return [writeScript(folder, 'tilt-launcher', mainScript), ...commonArgs(folder), ...fifos];
}

/** The same for the watchdog. */
export function prepareWatchdog(folder: BesideUs): string[] {
  return [writeScript(folder, 'tilt-watchdog', watchdogText), ...commonArgs(folder)];
}

function commonArgs(folder: BesideUs): string[] {
  return [folder.path, String(folder.orphanGraceSeconds), folder.sessionId];
}

/** Files and not `sh -c`, so that a list of processes shows a name and not a page of text. */
function writeScript(folder: BesideUs, name: string, text: string): string {
  const file = path.join(folder.path, name);
  fs.writeFileSync(file, text.trimStart(), { mode: 0o600 });
  return file;
}
