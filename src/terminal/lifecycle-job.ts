// The process as a job of a shell: whether the terminal is ours at this moment, and giving it to the shell while we go on.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';

interface ProcessGroups {
  readonly own: number;
  /** Of the terminal; not above 0 without one. */
  readonly foreground: number;
}

/**
 * False while another job has the terminal: changing its modes would stop us, and would disturb whoever has it. True also
 * where nobody can tell.
 */
export function isInForeground(): boolean {
  const groups = processGroups();
  return groups === undefined || groups.foreground <= 0 || groups.foreground === groups.own;
}

function processGroups(): ProcessGroups | undefined {
  const text = process.platform === 'linux' ? groupsOfLinux() : groupsOfPs();
  const [own = 0, foreground = 0] = text.trim().split(/\s+/).map(Number);
  return own > 0 && Number.isInteger(foreground) ? { own, foreground } : undefined;
}

function groupsOfLinux(): string {
  try {
    const text = fs.readFileSync('/proc/self/stat', 'latin1');
    // After the name, which may hold anything: state, parent, group, session, terminal, the terminal's group.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return `${fields[2]} ${fields[5]}`;
  } catch {
    return '';
  }
}

function groupsOfPs(): string {
  const { pid } = process;
  const answer = spawnSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(pid)], { encoding: 'utf8', timeout: 1000 });
  return answer.stdout ?? '';
}

const signalsByCode: Readonly<Record<number, NodeJS.Signals>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  143: 'SIGTERM',
};

/**
 * A job in the background that a signal has ended dies of it: on its way out Node would set the modes of a terminal that
 * another job has, and be stopped for that. Returns where that is not so. `code` is 128 and the signal's number.
 */
export function dieInBackground(code: number): void {
  const signal = signalsByCode[code];
  if (!signal || isInForeground()) return;
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** When the job is woken again after its stop, in seconds after each other: once would do, if the machine were never busy. */
const wakeAfterS = [0.2, 0.5, 2];

/**
 * Puts the job into the background, as Ctrl-Z and `bg` do: a shell takes its terminal back when its job stops. Where no
 * shell waits for that, nothing happens. Call it when nothing of the terminal is used any more.
 */
export function goToBackground(): void {
  const groups = processGroups();
  if (!groups || groups.own !== groups.foreground) return;
  const wake = wakeAfterS.map(seconds => `sleep ${seconds}; kill -CONT -${groups.own}`).join('; ');
  // In a session of its own it is not stopped with us.
  const helper = spawn('/bin/sh', ['-c', wake], { detached: true, stdio: 'ignore' });
  helper.on('error', () => {});
  helper.once('spawn', () => process.kill(0, 'SIGTSTP'));
  helper.unref();
}
