import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'ava';
import { isAlive, isSameProcess, processIdentity, showCommand } from '../../../src/adapters/exec/index.ts';

const ways = process.platform === 'linux' ? [true, false] : [false];
for (const useProc of ways) {
  test(`a process is itself, and nobody else later (${useProc ? '/proc' : 'ps'})`, async t => {
    const child = spawn('sleep', ['1000']);
    t.teardown(() => child.kill('SIGKILL'));
    const pid = child.pid!;
    const identity = (await processIdentity(pid, { useProc }))!;
    t.is(identity.pid, pid);
    t.true(await isSameProcess(identity, { useProc }));
    t.false(await isSameProcess({ ...identity, startTime: 'another' }, { useProc }));
    t.false(await isSameProcess({ ...identity, bootId: 'another' }, { useProc }));
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    t.false(isAlive(pid));
    t.false(await isSameProcess(identity, { useProc }));
    t.is(await processIdentity(pid, { useProc }), undefined);
  });
}

const shown: [string[], string][] = [
  [['sh', '-c', 'echo "hi there" && x'], 'echo "hi there" && x'],
  [['npm', 'run', 'dev'], 'npm run dev'],
  [['echo', "it's", 'a b', '', '$x'], "echo 'it'\\''s' 'a b' '' '$x'"],
  [['sh', '-c', 'x', 'y'], 'sh -c x y'],
];
for (const [args, text] of shown) {
  test(`a command is shown as ${text}`, t => t.is(showCommand(args), text));
}
