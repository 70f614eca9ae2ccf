// What the screen has done on this machine: files with parts of the log, the person's editor and browser, shells.
import os from 'node:os';
import path from 'node:path';
import { firstFile } from '../adapters/disk/first-file.ts';
import { readTreeUsage } from '../adapters/exec/process-usage.ts';
import type { LogFilter } from '../api/client.ts';
import type { RunningSession } from '../app/session.ts';
import type { Scope } from '../base/disposable.ts';
import { keepInTemporaryFile, saveLines } from '../logs/save-lines.ts';
import { writeFileAtomic } from '../state/atomic-file.ts';
import { readJsonIfAny } from '../state/read-file.ts';
import { editorCommand } from '../terminal/editor-command.ts';
import { captureOutput, type ForegroundProgram, startDetached } from '../terminal/foreground-program.ts';
import { attachTerminal } from '../terminal/lifecycle-attach.ts';
import type { FilePlace } from '../tui/file-places.ts';
import type { ScreenHost } from '../tui/host.ts';
import { plainText } from '../tui/plain-text.ts';
import { makeFacts } from '../tui/resource-facts.ts';
import { readSavedView, type SavedView } from '../tui/saved-view.ts';
import { openContainerTerminal } from './container-terminal.ts';
import { PodUsageReader } from './pod-usage.ts';

export interface ScreenHostInput {
  readonly session: RunningSession;
  /** Ends with the screen. */
  readonly scope: Scope;
  /** Runs what has the terminal for itself. */
  readonly foreground: ForegroundProgram;
  /** Folder that names are relative to. */
  readonly cwd: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly loadTheme: ScreenHost['loadTheme'];
}

/** What the screen remembers lies beside the project's logs. */
function uiFile({ logDirectory }: RunningSession): string {
  return path.join(path.dirname(logDirectory), 'ui.json');
}

export function readView(session: RunningSession): SavedView {
  return readSavedView(readJsonIfAny(uiFile(session)));
}

export function makeScreenHost(input: ScreenHostInput): ScreenHost {
  const { session, scope, foreground, cwd, home, env, platform, loadTheme } = input;
  const places = { cwd, env };
  const pods = scope.add(new PodUsageReader(env));
  const inHome = (name: string): string =>
    name === '~' || name.startsWith('~/') ? path.join(home, name.slice(1)) : name;
  return {
    async saveLog(filter: LogFilter, name: string) {
      const cursor = session.client.openLogs(filter, { at: 'start' });
      const lines = await saveLines(cursor, path.resolve(cwd, inHome(name)), line => {
        const prefix = filter.resources?.length === 1 || line.resource === '' ? '' : `${line.resource} │ `;
        return `${new Date(line.timeMs).toISOString()} ${prefix}${plainText(line)}`;
      });
      return { file: name, lines };
    },
    keepText: keepInTemporaryFile,
    loadTheme,
    attach: attachTerminal,
    sampleUsage: readTreeUsage,
    samplePods: (cluster, namespaces) => pods.read(cluster, namespaces),
    saveView(view) {
      try {
        writeFileAtomic(uiFile(session), `${JSON.stringify(view, null, 2)}\n`);
      } catch (error) {
        session.logs
          .span('session', '')
          .write(`what the screen shows is not remembered: ${(error as Error).message}\n`, 'warn');
      }
    },
    openUrl: async url => {
      const opener = openerOf(platform, env);
      return opener !== undefined && (await startDetached([opener, url], places));
    },
    tunnelLine: port => tunnelLine(env, port),
    async findFile(found) {
      const { client } = session;
      const shared = [path.dirname(client.session.tiltfilePath), cwd];
      for (const place of found) {
        const own = place.resource ? makeFacts(client, place.resource).commands.map(({ dir }) => dir) : [];
        const folders = [...new Set([...own, ...shared])];
        const file = await firstFile(candidates(inHome(place.file), folders));
        if (file !== undefined) return { ...place, file };
      }
      return undefined;
    },
    hostName: os.hostname(),
    async edit(place: FilePlace) {
      const editor = env['VISUAL'] || env['EDITOR'] || 'vi';
      const code = await foreground.run(editorCommand(editor, place), places);
      if (code !== 0) throw new Error(`the editor ${editor} ended with ${code}`);
    },
    capture: (command, stdin) => captureOutput(command, { ...places, stdin }),
    openInContainer: request => openContainerTerminal(request, env),
  };
}

/** What opens addresses on a desktop; undefined where there is no desktop. */
function openerOf(platform: string, env: ScreenHostInput['env']): string | undefined {
  if (platform === 'darwin') return 'open';
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? 'xdg-open' : undefined;
}

/** SSH tells both ends of the connection: the person's address and port, then ours. */
export function tunnelLine(env: ScreenHostInput['env'], port: number): string | undefined {
  const [, , server, sshPort = '22'] = (env['SSH_CONNECTION'] ?? '').split(' ');
  if (!server) return undefined;
  const user = env['USER'] || env['LOGNAME'];
  const where = user ? `${user}@${server}` : server;
  return `ssh -N -L ${port}:localhost:${port} ${sshPort === '22' ? '' : `-p ${sshPort} `}${where}`;
}

/** A file of the machine as it is, else of the project: what a container calls /src/cmd/a.go is cmd/a.go here. */
function candidates(file: string, folders: readonly string[]): string[] {
  if (!path.isAbsolute(file)) return folders.map(folder => path.resolve(folder, file));
  const parts = file.split('/').filter(Boolean);
  const inside = parts.flatMap((_, i) => folders.map(folder => path.join(folder, ...parts.slice(i))));
  return [file, ...inside];
}
