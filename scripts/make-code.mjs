// Does with a pack what users do with it, and writes V8's code for one of its scripts (scripts/packs.mjs).
// Arguments: the loader, the folder of the pack, the script's file, and as JSON what is done: `commands`, command lines;
// `screen`, that there is a terminal for them; `worker`, that the pack is a thread which loads the Tiltfile here.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { startSampleCluster } from './sample-cluster.mjs';
import { startSampleSession } from './sample-session.mjs';
import { useSampleTerminal } from './sample-terminal.mjs';
import { loadInSampleThread } from './sample-thread.mjs';

const [loader, folder, wanted, exerciseJson] = process.argv.slice(2);
const exercise = JSON.parse(exerciseJson);
const { codeFileOf, loadPacked } = await import(pathToFileURL(loader).href);
const opened = new Map();
const host = {
  v8: process.versions.v8,
  arch: process.arch,
  builtin: process.getBuiltinModule,
  onScript: (script, file) => opened.set(path.basename(file), { script, file }),
};

if (exercise.worker) await loadInSampleThread(builtin => loadPacked(folder, './entry-0.js', { ...host, builtin }));
else await runCommands(loadPacked(folder, './entry-0.js', host).runCli, exercise);

const { script, file } = opened.get(wanted);
fs.writeFileSync(codeFileOf(file, host), script.createCachedData());
process.exit(0);

async function runCommands(runCli, { commands, screen }) {
  // A session of its own takes the place that the sample would have.
  const session = screen ? undefined : await startSampleSession(process.env.TILT_DEV_DIR);
  const cluster = await startSampleCluster(process.env.KUBECONFIG);
  if (screen) useSampleTerminal();
  for (const args of commands) {
    const code = await runCli({
      argv: [process.execPath, 'tilt', ...args],
      // In dist/, where the program is.
      executable: path.join(folder, '..', '..', 'tilt.js'),
      cwd: process.cwd(),
      home: os.homedir(),
      platform: process.platform,
      uid: process.getuid?.(),
      pid: process.pid,
      env: process.env,
      stdin: process.stdin,
      stdout: screen ? process.stdout : new Writable({ write: (_chunk, _encoding, done) => done() }),
      print: () => {},
      stderr: process.stderr,
      onSignal: () => () => {},
      exit: process.exit,
    });
    if (code !== 0) throw new Error(`the exercise of ${wanted} failed: ${args.join(' ')}`);
  }
  session?.close();
  cluster.close();
}
