// Reading pipes and devices as a Tiltfile may do it.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import { nodeDisk } from '../../../src/adapters/disk/node-disk.ts';

test('a pipe is read when somebody has written to it, to its end', t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tilt-pipe-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', `sleep 0.1; { printf a; sleep 0.1; printf b; } > "$0"`, pipe], { stdio: 'ignore' });
  t.teardown(() => writer.kill('SIGKILL'));
  t.is(nodeDisk.readFile(pipe).toString(), 'ab');
});

test('an empty device has an end; folders and what is missing are refused in Go words', t => {
  t.is(nodeDisk.readFile('/dev/null').length, 0);
  t.throws(() => nodeDisk.readFile('/'), { message: 'read /: is a directory' });
  t.throws(() => nodeDisk.readFile('/nope/x'), { message: 'open /nope/x: no such file or directory' });
});
