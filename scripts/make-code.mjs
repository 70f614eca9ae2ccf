// Runs command lines from a pack and writes V8's code for one of its scripts (scripts/packs.mjs).
// Arguments: the loader, the folder of the pack, the script's file, the command lines as JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { startSampleCluster } from './sample-cluster.mjs';
import { startSampleSession } from './sample-session.mjs';

const [loader, folder, wanted, commandLines] = process.argv.slice(2);
const { codeFileOf, loadPacked } = await import(pathToFileURL(loader).href);
const scripts = new Map();
const host = {
  v8: process.versions.v8,
  arch: process.arch,
  builtin: process.getBuiltinModule,
  onScript: (script, file) => scripts.set(path.basename(file), { script, file }),
};
const { runCli } = loadPacked(folder, './entry-0.js', host);
const session = await startSampleSession(process.env.TILT_DEV_DIR);
const cluster = await startSampleCluster(process.env.KUBECONFIG);
for (const args of JSON.parse(commandLines)) {
  const code = await runCli({
    argv: [process.execPath, 'tilt', ...args],
    executable: path.join(folder, 'tilt.js'),
    cwd: process.cwd(),
    home: os.homedir(),
    platform: process.platform,
    uid: process.getuid?.(),
    pid: process.pid,
    env: process.env,
    stdin: process.stdin,
    stdout: new Writable({ write: (_chunk, _encoding, done) => done() }),
    print: () => {},
    stderr: process.stderr,
    onSignal: () => () => {},
    exit: process.exit,
  });
  if (code !== 0) throw new Error(`the exercise of ${wanted} failed: ${args.join(' ')}`);
}
const { script, file } = scripts.get(wanted);
fs.writeFileSync(codeFileOf(file, host), script.createCachedData());
session.close();
cluster.close();
