// A second, independent terminal: tmux reads what we write and tells what it understood. Skipped where there is no tmux.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'ava';
import { buildFixture } from './fixtures/build.ts';

function hasTmux(): boolean {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const check = hasTmux() ? test : test.skip;

for (const term of ['tmux-256color', 'screen-256color', 'xterm-256color']) {
  check(`in tmux with TERM=${term}: colours, modes, Ctrl-Z, fg, a throw`, async t => {
    const program = await buildFixture('screen-app');
    const folder = path.dirname(program.file);
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      HISTFILE: '/dev/null',
    };
    // A socket of its own, so that nobody's tmux is touched.
    const tmux = (...args: string[]): string =>
      execFileSync('tmux', ['-u', '-S', path.join(folder, 'socket'), '-f', '/dev/null', ...args], {
        env,
        encoding: 'utf8',
      });
    t.teardown(() => {
      tmux('kill-server');
      program.remove();
    });
    const waitFor = async (what: RegExp, read: () => string): Promise<void> => {
      const endMs = Date.now() + 20_000;
      while (!what.test(read())) {
        if (Date.now() > endMs) throw new Error(`${what} did not come; tmux shows:\n${read()}`);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    };
    const screen = (): string => tmux('capture-pane', '-p', '-e', '-t', 'main');
    const modes = (): string =>
      tmux(
        'display',
        '-p',
        '-t',
        'main',
        '#{alternate_on}#{mouse_any_flag}#{mouse_sgr_flag}#{cursor_flag}#{wrap_flag}',
      );
    const up = /^11100/;
    const restored = /^00011/;
    tmux(
      'new-session',
      '-d',
      '-x',
      '80',
      '-y',
      '24',
      '-s',
      'main',
      `exec env TERM=${term} PS1='$ ' bash --norc --noprofile -i`,
    );
    await waitFor(/\$/, screen);
    tmux('send-keys', '-t', 'main', '-l', `${process.execPath} ${program.file}`);
    tmux('send-keys', '-t', 'main', 'Enter');
    await waitFor(/size 80x24/, screen);
    await waitFor(up, modes);
    t.regex(screen(), /\x1b\[34m│/);
    tmux('send-keys', '-t', 'main', 'M-Enter');
    await waitFor(/"name":"alt-enter"/, screen);
    tmux('send-keys', '-t', 'main', 'C-z');
    await waitFor(/Stopped/, screen);
    t.regex(modes(), restored);
    tmux('send-keys', '-t', 'main', '-l', 'clear; fg');
    tmux('send-keys', '-t', 'main', 'Enter');
    await waitFor(/size 80x24/, screen);
    await waitFor(up, modes);
    tmux('send-keys', '-t', 'main', 't');
    await waitFor(/thrown on purpose/, screen);
    await waitFor(restored, modes);
    t.pass();
  });
}
