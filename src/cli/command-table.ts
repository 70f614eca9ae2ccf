// Every command, once. Dispatch, help, completion and the flag test all read this table.
// A command's file is loaded only when it runs or when its help is wanted.
import type { CommandEntry } from './command.ts';

export const commandTable: readonly CommandEntry[] = [
  { path: ['alpha'], summary: 'Commands whose form may still change', load: () => import('./commands/alpha.ts') },
  {
    path: ['alpha', 'api-resources'],
    summary: 'List the types of objects that a session serves',
    hidden: true,
    load: () => import('./commands/api-resources.ts'),
  },
  {
    path: ['alpha', 'get'],
    summary: 'Show objects of the running session',
    hidden: true,
    load: () => import('./commands/get.ts'),
  },
  {
    path: ['alpha', 'tiltfile-result'],
    summary: 'Evaluate the Tiltfile and print the result as JSON',
    load: () => import('./commands/alpha-tiltfile-result.ts'),
  },
  {
    path: ['alpha', 'tree-view'],
    summary: 'Draw resources as a tree of who waits for whom',
    load: () => import('./commands/alpha-tree-view.ts'),
  },
  {
    path: ['alpha', 'updog'],
    summary: 'Run a session without a Tiltfile, with objects from files',
    load: () => import('./commands/alpha-updog.ts'),
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
    path: ['api-resources'],
    summary: 'List the types of objects that a session serves',
    load: () => import('./commands/api-resources.ts'),
  },
  {
    path: ['apply'],
    summary: 'Make objects be as files say',
    load: () => import('./commands/apply.ts'),
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
  {
    path: ['create'],
    summary: 'Create objects from files',
    load: () => import('./commands/create.ts'),
  },
  {
    path: ['create', 'cmd'],
    summary: 'Create a Cmd: a command that the session runs',
    load: () => import('./commands/create-cmd.ts'),
  },
  {
    path: ['create', 'ext'],
    summary: 'Create an Extension: a Tiltfile of a repository, loaded into the session',
    load: () => import('./commands/create-ext.ts'),
  },
  {
    path: ['create', 'filewatch'],
    summary: 'Create a FileWatch: paths whose changes are recorded',
    load: () => import('./commands/create-filewatch.ts'),
  },
  {
    path: ['create', 'fw'],
    summary: 'Create a FileWatch: paths whose changes are recorded',
    hidden: true,
    load: () => import('./commands/create-filewatch.ts'),
  },
  {
    path: ['create', 'repo'],
    summary: 'Create an ExtensionRepo: where extensions come from',
    load: () => import('./commands/create-repo.ts'),
  },
  {
    path: ['delete'],
    summary: 'Delete objects',
    load: () => import('./commands/delete.ts'),
  },
  {
    path: ['describe'],
    summary: 'Show everything about objects',
    load: () => import('./commands/describe.ts'),
  },
  { path: ['disable'], summary: 'Switch resources off', load: () => import('./commands/disable.ts') },
  { path: ['down'], summary: 'Delete what the Tiltfile deploys', load: () => import('./commands/down.ts') },
  {
    path: ['dump'],
    summary: 'Print what a session or this program knows, for reports',
    load: () => import('./commands/dump.ts'),
  },
  {
    path: ['dump', 'api-docs'],
    summary: 'Write the names of a Tiltfile, with parameters and types, for editors',
    load: () => import('./commands/dump-api-docs.ts'),
  },
  {
    path: ['dump', 'cli-docs'],
    summary: 'Write a page of Markdown for every command',
    load: () => import('./commands/dump-cli-docs.ts'),
  },
  {
    path: ['dump', 'engine'],
    summary: 'Print what the engine of a running session decides on',
    load: () => import('./commands/dump-engine.ts'),
  },
  {
    path: ['dump', 'image-deploy-ref'],
    summary: 'Print the name and tag that an image which was built is deployed with',
    load: () => import('./commands/dump-image-deploy-ref.ts'),
  },
  {
    path: ['dump', 'logstore'],
    summary: 'Print the log of a running session in its parts',
    load: () => import('./commands/dump-logstore.ts'),
  },
  {
    path: ['dump', 'openapi'],
    summary: 'Print the OpenAPI document of the API (version 2); needs no session',
    load: () => import('./commands/dump-openapi.ts'),
  },
  {
    path: ['dump', 'webview'],
    summary: 'Print what screens are told of a running session, its log included',
    load: () => import('./commands/dump-webview.ts'),
  },
  {
    path: ['edit'],
    summary: 'Change objects in an editor',
    load: () => import('./commands/edit.ts'),
  },
  { path: ['enable'], summary: 'Switch resources on', load: () => import('./commands/enable.ts') },
  {
    path: ['explain'],
    summary: 'Say what a type or a field is for',
    load: () => import('./commands/explain.ts'),
  },
  { path: ['get'], summary: 'Show objects of the running session', load: () => import('./commands/get.ts') },
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
    path: ['patch'],
    summary: 'Change fields of objects',
    load: () => import('./commands/patch.ts'),
  },
  {
    path: ['snapshot'],
    summary: 'Keep what a session shows in a file',
    load: () => import('./commands/snapshot.ts'),
  },
  {
    path: ['snapshot', 'create'],
    summary: 'Write what a running session shows, its log included, to a file or the standard output',
    load: () => import('./commands/snapshot-create.ts'),
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
  {
    path: ['wait'],
    summary: 'Wait until objects are as wanted',
    load: () => import('./commands/wait.ts'),
  },
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
