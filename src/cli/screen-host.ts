// What the screen has done on this machine: files with parts of the log.
import path from 'node:path';
import type { LogFilter } from '../api/client.ts';
import type { RunningSession } from '../app/session.ts';
import { keepInTemporaryFile, saveLines } from '../logs/save-lines.ts';
import type { ScreenHost } from '../tui/host.ts';
import { plainText } from '../tui/plain-text.ts';

export interface ScreenHostInput {
  readonly session: RunningSession;
  /** Folder that names are relative to. */
  readonly cwd: string;
  readonly home: string;
}

export function makeScreenHost({ session, cwd, home }: ScreenHostInput): ScreenHost {
  const resolve = (name: string): string =>
    path.resolve(cwd, name === '~' || name.startsWith('~/') ? path.join(home, name.slice(1)) : name);
  return {
    async saveLog(filter: LogFilter, name: string) {
      const cursor = session.client.openLogs(filter, { at: 'start' });
      const lines = await saveLines(cursor, resolve(name), line => {
        const prefix = filter.resources?.length === 1 || line.resource === '' ? '' : `${line.resource} │ `;
        return `${new Date(line.timeMs).toISOString()} ${prefix}${plainText(line)}`;
      });
      return { file: name, lines };
    },
    keepText: keepInTemporaryFile,
  };
}
