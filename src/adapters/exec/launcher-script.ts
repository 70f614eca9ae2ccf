// The shell programs that stand beside us. They run detached, in a session of their own, and learn of our death by the
// end of their standard input, however we died. Portable to dash, busybox ash and bash: no arrays, no job control.
// Every variable begins with tl_: one that the user has exported too would reach the children with our value.
import fs from 'node:fs';
import path from 'node:path';

/** Finds and signals what carries our TILT_SESSION. Needs $session. The pattern is written so that it does not match itself. */
const sweepFunctions = `
carriers() {
  if [ -r /proc/self/environ ]; then
    grep -lzxF "TILT_SESSION=$tl_session" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r tl_x tl_x tl_pid tl_x; do echo "$tl_pid"; done
  else
    { ps -axEww -o pid=,command= 2>/dev/null || ps axeww -o pid=,command= 2>/dev/null; } | grep " [T]ILT_SESSION=$tl_session" | while read -r tl_pid tl_x; do echo "$tl_pid"; done
  fi
}
sweep() {
  for tl_pid in $(carriers); do [ "$tl_pid" = $$ ] || kill -s "$1" "$tl_pid" 2>/dev/null; done
}
end_all() {
  for tl_g in $tl_live; do kill -s TERM -- "-$tl_g" 2>/dev/null || kill -s TERM "$tl_g" 2>/dev/null; done
  sweep TERM
  tl_n=0
  while [ "$tl_n" -lt "$((tl_grace * 10))" ]; do
    tl_some=
    for tl_g in $tl_live; do if kill -0 -- "-$tl_g" 2>/dev/null; then tl_some=1; fi; done
    [ -n "$tl_some" ] || [ -n "$(carriers)" ] || break
    sleep 0.1 2>/dev/null || { sleep 1; tl_n=$((tl_n + 9)); }
    tl_n=$((tl_n + 1))
  done
  for tl_g in $tl_live; do kill -s KILL -- "-$tl_g" 2>/dev/null; done
  sweep KILL
  cd / && rm -rf "$tl_dir"
}
`;

/**
 * One worker: a shell that runs one command at a time in its foreground. Arguments: its number, the path of setsid.
 * Reads   ID OUT ERR IN TEXT   from the FIFO w<number>: run TEXT with these redirections (ERR '-': as OUT)
 * Writes  s ID PID | e ID CODE [k] to the launcher's standard output; its child's pid to the file p<number>.
 * k: the child died of a signal. Shells say so on their standard error, here the file k<number>; their code for it
 * (128 + N) is also one that a program may return.
 * In the foreground, because a portable shell starts background commands with SIGINT and SIGQUIT ignored for ever.
 */
const workerScript = `
tl_n=$1 tl_S=$2
tl_N="
"
exec 3<"w$tl_n" 4>&1 >/dev/null 2>>"k$tl_n"
while read -r tl_id tl_out tl_err tl_in tl_text <&3; do
  ( exec <"$tl_in" >"$tl_out" 3<&-
    if [ "$tl_err" = - ]; then exec 2>&1; else exec 2>"$tl_err"; fi
    read -r tl_p tl_x </proc/self/stat
    echo "$tl_p" >"p$tl_n"
    echo "s $tl_id $tl_p" >&4
    exec 4>&-
    eval "$tl_text" )
  tl_c=$? tl_k=
  if [ -s "k$tl_n" ]; then tl_k=k; true >"k$tl_n"; fi
  echo "e $tl_id $tl_c $tl_k" >&4
  true >"p$tl_n"
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
tl_dir=$1 tl_grace=$2 tl_session=$3
shift 3
cd "$tl_dir" || exit 1
[ -r /proc/self/stat ] || { echo "x no /proc"; exit 0; }
tl_S=$(command -v setsid) || { echo "x no setsid"; exit 0; }
env --default-signal true 2>/dev/null || { echo "x env has no --default-signal"; exit 0; }
mkfifo -m 600 "$@" || { echo "x no mkfifo"; exit 0; }
${sweepFunctions}
echo ok
while read -r tl_op tl_names; do
  case $tl_op in
  m) mkfifo -m 600 $tl_names; echo m ;;
  w)
    for tl_n in $tl_names; do
      mkfifo -m 600 "w$tl_n"
      env --default-signal sh ./tilt-worker "$tl_n" "$tl_S" </dev/null &
      echo "w $tl_n $!"
    done ;;
  esac
done
tl_live=
for tl_f in p*; do
  tl_p=
  [ -r "$tl_f" ] && read -r tl_p <"$tl_f"
  tl_live="$tl_live $tl_p"
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
tl_dir=$1 tl_grace=$2 tl_session=$3 tl_live=
${sweepFunctions}
while read -r tl_op tl_pid; do
  case $tl_op in
  +) tl_live="$tl_live $tl_pid" ;;
  -) tl_rest=; for tl_g in $tl_live; do [ "$tl_g" = "$tl_pid" ] || tl_rest="$tl_rest $tl_g"; done; tl_live=$tl_rest ;;
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
