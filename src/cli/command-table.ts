// Every command, once. Dispatch, help, completion and the flag test all read this table.
// A command's file is loaded only when it runs or when its help is wanted.
import type { CommandEntry } from './command.ts';

export const commandTable: readonly CommandEntry[] = [
  { path: ['alpha'], summary: 'Commands whose form may still change', load: () => import('./commands/alpha.ts') },
  {
    path: ['alpha', 'tiltfile-result'],
    summary: 'Evaluate the Tiltfile and print the result as JSON',
    load: () => import('./commands/alpha-tiltfile-result.ts'),
  },
  {
    path: ['analytics'],
    summary: 'Accepted for compatibility: nothing is ever sent home',
    load: () => import('./commands/analytics.ts'),
  },
  {
    path: ['analytics', 'opt'],
    summary: 'Accepted for compatibility: there is nothing to opt in to or out of',
    load: () => import('./commands/analytics-opt.ts'),
  },
  {
    path: ['args'],
    summary: 'Change the Tiltfile args of a running session',
    load: () => import('./commands/args.ts'),
  },
  {
    path: ['ci'],
    summary: 'Run until everything is up or something failed, without a screen',
    load: () => import('./commands/ci.ts'),
  },
  { path: ['completion'], summary: 'Print a shell completion script', load: () => import('./commands/completion.ts') },
  {
    path: ['completion', 'bash'],
    summary: 'Print the completion script for bash',
    load: () => import('./commands/completion-bash.ts'),
  },
  {
    path: ['completion', 'fish'],
    summary: 'Print the completion script for fish',
    load: () => import('./commands/completion-fish.ts'),
  },
  {
    path: ['completion', 'powershell'],
    summary: 'Print the completion script for PowerShell',
    load: () => import('./commands/completion-powershell.ts'),
  },
  {
    path: ['completion', 'zsh'],
    summary: 'Print the completion script for zsh',
    load: () => import('./commands/completion-zsh.ts'),
  },
  { path: ['disable'], summary: 'Switch resources off', load: () => import('./commands/disable.ts') },
  { path: ['down'], summary: 'Delete what the Tiltfile deploys', load: () => import('./commands/down.ts') },
  { path: ['enable'], summary: 'Switch resources on', load: () => import('./commands/enable.ts') },
  { path: ['help'], summary: 'Help about any command', load: () => import('./commands/help.ts') },
  {
    path: ['list'],
    summary: 'Show what the Tiltfile defines, and start nothing',
    load: () => import('./commands/list.ts'),
  },
  {
    path: ['logs'],
    summary: 'Print or follow the logs of a running session',
    load: () => import('./commands/logs.ts'),
  },
  {
    path: ['status'],
    summary: 'Say in one line a resource how a running session is doing',
    load: () => import('./commands/status.ts'),
  },
  {
    path: ['stop'],
    summary: 'End a running session, also one that goes on without a screen',
    load: () => import('./commands/stop.ts'),
  },
  { path: ['trigger'], summary: 'Update one resource now', load: () => import('./commands/trigger.ts') },
  {
    path: ['up'],
    summary: 'Start what the Tiltfile names, watch its files, and show it on a screen',
    load: () => import('./commands/up.ts'),
  },
  {
    path: ['verify-install'],
    summary: 'Accepted for compatibility: does nothing',
    load: () => import('./commands/verify-install.ts'),
  },
  { path: ['version'], summary: 'Print the version', load: () => import('./commands/version.ts') },
];

/** The entry of exactly this path. */
export function findEntry(path: readonly string[]): CommandEntry | undefined {
  return commandTable.find(
    entry => entry.path.length === path.length && entry.path.every((word, i) => word === path[i]),
  );
}

/** Entries one level below `path`. */
export function childEntries(path: readonly string[]): readonly CommandEntry[] {
  return commandTable.filter(
    entry => entry.path.length === path.length + 1 && path.every((word, i) => entry.path[i] === word),
  );
}
