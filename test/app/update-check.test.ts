// The update check: only when wanted, only a newer version, and again after an hour.
import test from 'ava';
import type { Child, Exec } from '../../src/adapters/exec/port.ts';
import { checkForUpdates } from '../../src/app/update-check.ts';
import { makeAbortController } from '../../src/base/abort.ts';
import { ManualClock } from '../../src/base/clock.ts';

function setup(answers: readonly (string | undefined)[]) {
  const clock = new ManualClock();
  const commands: string[] = [];
  const newer: string[] = [];
  let wanted = true;
  const exec = {
    start(command: { args: readonly string[] }, options: { onOutput?: (chunk: Buffer, stream: 'stdout') => void }) {
      const answer = answers[commands.length];
      commands.push(command.args.join(' '));
      if (answer !== undefined) options.onOutput?.(Buffer.from(`${answer}\n`), 'stdout');
      return { exited: Promise.resolve({ exitCode: answer === undefined ? 1 : 0 }) } as Child;
    },
  } as unknown as Exec;
  const stop = makeAbortController();
  const done = checkForUpdates(
    { exec, clock, childEnv: () => ({}), dir: '/', isWanted: () => wanted, onNewer: v => newer.push(v) },
    stop.signal,
  );
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return { commands, newer, advance, done, stop, want: (value: boolean) => (wanted = value) };
}

test('asks npm by name, tells what is newer, and asks again after an hour', async t => {
  const { commands, newer, advance, done, stop } = setup(['99.0.0', '0.0.1']);
  await advance(29_999);
  t.deepEqual(commands, []);
  await advance(1);
  t.deepEqual(commands, ['npm view tilt-terminal version --silent']);
  t.deepEqual(newer, ['99.0.0']);
  await advance(3_599_999);
  t.is(commands.length, 1);
  await advance(1);
  t.is(commands.length, 2);
  t.deepEqual(newer, ['99.0.0']);
  stop.abort();
  await done;
});

test('a failure is silent and tried again after five minutes; unwanted means never', async t => {
  const { commands, newer, advance, done, stop, want } = setup([undefined, '99.0.0']);
  await advance(30_000);
  await advance(300_000);
  t.is(commands.length, 2);
  t.deepEqual(newer, ['99.0.0']);
  want(false);
  await advance(3_600_000);
  await advance(3_600_000);
  t.is(commands.length, 2);
  stop.abort();
  await done;
});
