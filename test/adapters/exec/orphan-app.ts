// A small app for the tests of orphans: starts the given shell commands and says so, then waits to be killed.
// Arguments: mode, session id, command... A command that begins with `tty:` gets a terminal.
import { makeExec } from '../../../src/adapters/exec/index.ts';
import { neverAborted } from '../../../src/base/abort.ts';

const [mode, sessionId, ...commands] = process.argv.slice(2);
const exec = makeExec({ sessionId: sessionId!, mode: mode as 'launcher' | 'direct', orphanGraceSeconds: 1 });
const env = Object.fromEntries(Object.entries(process.env).filter(e => e[1] !== undefined)) as Record<string, string>;
let ready = 0;
for (const text of commands) {
  exec.start(
    {
      args: ['sh', '-c', text.replace(/^tty:/, '')],
      dir: '/',
      env,
      ...(text.startsWith('tty:') ? { terminal: { columns: 80, rows: 24 } } : {}),
    },
    {
      signal: neverAborted,
      onOutput: chunk => {
        // Each command prints "ready" when its tree stands.
        ready += chunk.toString().split('ready').length - 1;
        if (ready === commands.length) process.stdout.write('all ready\n');
      },
    },
  );
}
process.on('SIGTERM', () => void exec.dispose().then(() => process.exit(0)));
setInterval(() => {}, 1000);
