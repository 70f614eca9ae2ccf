// The entry: hands the process (arguments, environment, streams, signals) to the command line and ends with its exit code.
// Does not: parse, print, or know a command. What it imports is loaded by every command, so it stays small.
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CliIo } from './cli/command.ts';
import { runCli } from './cli/root.ts';

const io: CliIo = {
  argv: process.argv,
  executable: fileURLToPath(import.meta.url),
  cwd: process.cwd(),
  home: os.homedir(),
  platform: process.platform,
  uid: process.getuid?.(),
  pid: process.pid,
  env: process.env,
  // Made when first used: opening a stream costs time that `tilt version` does not owe.
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  onSignal(signal, listener) {
    process.on(signal, listener);
    return () => process.removeListener(signal, listener);
  },
  exit: code => process.exit(code),
};

// A reader that went away (`tilt logs | head`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCli(io);
