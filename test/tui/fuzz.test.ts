// Random keys, clicks, pastes and sizes, from fixed seeds: the screen never fails, the shell and the model agree on what is
// open and focused, what is on the screen is what a paint from nothing would show, and nothing leaves the session without
// somebody having asked for it.
import test from 'ava';
import { loadBlessedShell } from '../../src/terminal/blessed-shell.ts';
import { Grid } from '../../src/terminal/grid.ts';
import { makeShell } from '../../src/terminal/shell.ts';
import { ScreenShell } from '../../src/tui/screen-shell.ts';
import { below, makeRandom } from '../terminal/random.ts';
import { type Driver, drive, fillShop } from './driver.ts';

const keys = [
  ...'jkhlgGnNrxdo0zJKfwTt?/!<>+ eis:&LPvyYSC*MH-=[]{}()1234567mAabcX',
  'ctrl-r',
  'ctrl-y',
  'enter',
  'esc',
  'tab',
  'shift-tab',
  'up',
  'down',
  'left',
  'right',
  'pageup',
  'pagedown',
  'home',
  'end',
  'backspace',
  'ctrl-d',
  'ctrl-u',
  'ctrl-f',
  'ctrl-w',
  'ctrl-l',
  'q',
];

/** One random input. */
function poke(d: Driver, random: (below: number) => number): void {
  const what = random(20);
  const { columns, rows } = d.terminal.size;
  const modifiers = { ctrl: false, alt: false, shift: false, super: false };
  const at = { x: random(columns), y: random(rows), modifiers };
  if (what === 0) d.terminal.resizeTo({ columns: 1 + random(150), rows: 1 + random(45) });
  else if (what === 1) d.terminal.input({ kind: 'paste', text: 'q\nyes\x1b[A\u202e表', truncated: false });
  else if (what === 2) d.terminal.input({ kind: 'mouse', action: 'press', button: 'left', ...at });
  else if (what === 3) {
    const wheel = random(2) === 0 ? 'up' : 'down';
    d.terminal.input({ kind: 'mouse', action: 'wheel', button: 'none', wheel, ...at });
  } else if (what === 5) {
    const action = random(2) === 0 ? 'drag' : 'release';
    d.terminal.input({ kind: 'mouse', action, button: 'left', ...at });
  } else if (what === 4) d.client.log('web', `line ${random(1000)} \x1b[3${random(8)}m\x9b31m\u200d表 🙂\x1b]0;x`);
  else {
    const key = keys[random(keys.length)]!;
    // That is how one leaves.
    if (key === 'enter' && d.screen.model.dialogs.some(dialog => dialog.kind === 'exit')) return;
    d.terminal.press(key === ' ' ? 'space' : key);
  }
}

/** Every cell with its look. */
function cells(grid: Grid): string[] {
  return Array.from({ length: grid.height }, (_, y) =>
    Array.from({ length: grid.width }, (_, x) => {
      const { text, style } = grid.cellAt(x, y);
      return text === ' ' && Object.keys(style).length === 0 ? ' ' : `${text}${JSON.stringify(style)}`;
    }).join(''),
  );
}

/** The screen as it is when everything is painted for the first time. */
function paintedAfresh({ screen, terminal }: Driver): string[] {
  const { model } = screen;
  const shell = new ScreenShell({ shell: makeShell(), model: () => model, send: () => {} });
  shell.focus(model.focus);
  shell.openNew();
  const grid = new Grid(terminal.size.columns, terminal.size.rows);
  shell.paint(grid);
  shell.dispose();
  return cells(grid);
}

for (const seed of [1, 2, 3, 4]) {
  test.serial(`whatever is pressed, the screen goes on (seed ${seed})`, async t => {
    const numbers = makeRandom(seed);
    const random = (end: number): number => below(numbers, end);
    const d = await drive(t, { size: '120x28', ...(seed % 2 === 0 ? { loadShell: loadBlessedShell } : {}) });
    fillShop(d.client);
    d.client.setObject('UIButton', 'reset', {
      spec: {
        location: { componentID: 'api', componentType: 'Resource' },
        text: 'Reset',
        requiresConfirmation: true,
        inputs: [
          { name: 'to', text: {} },
          { name: 'dry', bool: {} },
        ],
      },
    });
    await d.settle(2000);
    for (let i = 0; i < 1500; i++) {
      poke(d, random);
      if (i % 7 === 0) d.client.setResource('worker', { order: 4, updateStatus: i % 2 === 0 ? 'in_progress' : 'ok' });
      if (i % 5 === 0) {
        await d.settle(i % 20 === 0 ? 1200 : 20);
        t.deepEqual(cells(d.terminal.grid), paintedAfresh(d), `step ${i}`);
      }
      const { dialogs, focus } = d.screen.model;
      t.true(dialogs.length <= 2);
      t.true(focus === 'list' || focus === 'log');
    }
    t.false(d.client.calls.some(call => call.startsWith('exit')));
    d.terminal.resizeTo({ columns: 80, rows: 24 });
    await d.settle();
    t.is(d.rows().length, 24);
  });
}
