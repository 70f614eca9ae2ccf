// `npm start` opens the example; `npm start -- ARGS` is the command line itself.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const given = process.argv.slice(2);
const args = given.length > 0 ? given : ['up', '-f', path.join(root, 'examples', 'hello', 'Tiltfile')];
// The child owns the terminal and its signals; this process only hands on how it ended.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const done = spawnSync(process.execPath, [path.join(root, 'dist', 'tilt.js'), ...args], {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
process.exitCode = done.status ?? 1;
