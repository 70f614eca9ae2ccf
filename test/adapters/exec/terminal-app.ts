// A small app for the test of a missing package: runs a command in a terminal, in the given folder, and says how it went.
import { makeExec } from '../../../src/adapters/exec/index.ts';
import { neverAborted } from '../../../src/base/abort.ts';

const exec = makeExec({ sessionId: `terminal-app-${process.pid}`, orphanGraceSeconds: 1 });
const env = { PATH: process.env['PATH']! };
let out = '';
const terminal = { columns: 80, rows: 24 };
const command = { args: ['sh', '-c', 'test -t 1 && printf yes'], dir: process.argv[2]!, env, terminal };
const child = exec.start(command, {
  signal: neverAborted,
  onOutput: chunk => {
    out += chunk.toString();
  },
});
const end = await child.exited;
process.stdout.write(end.startError ?? `out: ${out}`);
await exec.dispose();
