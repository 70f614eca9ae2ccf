// Loads the text of a Tiltfile in a folder of its own, on the real disk, with commands that are told what to answer.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { nodeDisk } from '../../src/adapters/disk/node-disk.ts';
import { makeTemporaryFiles } from '../../src/adapters/disk/temporary-files.ts';
import type { HostCommand, HostCommandResult } from '../../src/tiltfile/host-calls.ts';
import { loadTiltfile } from '../../src/tiltfile/load-tiltfile.ts';
import { prepareLoad } from '../../src/tiltfile/prepare-load.ts';
import type { LoadRequest, ResourceDefinition, TiltfileResult } from '../../src/tiltfile/result.ts';

export interface LoadTextOptions {
  /** Files beside the Tiltfile, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What else the folder is to hold. */
  readonly prepare?: (folder: string) => void;
  readonly request?: Partial<LoadRequest>;
  /** What a command of the Tiltfile answers; without it every command is a failure. */
  readonly run?: (command: HostCommand) => Partial<HostCommandResult>;
}

export interface LoadedText {
  readonly result: TiltfileResult;
  /** Everything that was logged; warnings begin with `! `. */
  readonly log: string;
  readonly folder: string;
  /** The error's text, with the folder as `$D`; '' for none. */
  readonly error: string;
  resource(name: string): ResourceDefinition;
}

/** Loads; the folder is removed when the test ends. */
export async function loadText(t: ExecutionContext, text: string, options: LoadTextOptions = {}): Promise<LoadedText> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-load-')));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ ...options.files, Tiltfile: text })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  options.prepare?.(folder);
  const request: LoadRequest = {
    name: '(Tiltfile)',
    path: path.join(folder, 'Tiltfile'),
    args: [],
    subcommand: 'up',
    argv: ['tilt', 'up'],
    executable: '/usr/bin/tilt',
    kubeContext: '',
    kubeNamespace: '',
    webHost: 'localhost',
    webPort: 10350,
    ...options.request,
  };
  const env: Record<string, string | undefined> = { HOME: folder, PATH: '', TMPDIR: folder, ...options.env };
  const lines: string[] = [];
  const result = loadTiltfile(request, {
    disk: nodeDisk,
    env,
    log: (line, level) => lines.push(level === 'warn' ? `! ${line}` : line),
    host: { run: command => ({ exitCode: 0, stdout: '', stderr: '', ...(options.run?.(command) ?? { exitCode: 1 }) }) },
    temporaryFile: makeTemporaryFiles(folder),
    fetchedRepos: new Map(),
    prepared: await prepareLoad(request, { disk: nodeDisk, env }),
  });
  return {
    result,
    folder,
    log: lines.join(''),
    error: (result.error?.message ?? '').replaceAll(folder, '$D'),
    resource(name) {
      const found = result.resources.find(resource => resource.name === name);
      if (!found)
        throw new Error(
          `no resource ${name}; there are: ${result.resources.map(r => r.name).join(', ')}; ${result.error?.message ?? ''}`,
        );
      return found;
    },
  };
}

/** A Deployment with one container and a label of its name. */
export function deployment(name: string, image: string, more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "${image}"${more}}]}
`;
}
