// One suite for both shells: the one without a library and the one on neo-blessed.
import { createRequire } from 'node:module';
import test from 'ava';
import { loadBlessedShell } from '../../src/terminal/blessed-shell.ts';
import { Grid } from '../../src/terminal/grid.ts';
import type { KeyEvent, MouseEvent } from '../../src/terminal/input-events.ts';
import type { Pane } from '../../src/terminal/pane.ts';
import type { Rect } from '../../src/terminal/rect.ts';
import { makeShell, type Shell } from '../../src/terminal/shell.ts';
import type { Size } from '../../src/terminal/terminal.ts';

const processEvents = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'uncaughtException', 'unhandledRejection'];
const countListeners = (): number[] => processEvents.map(event => process.listenerCount(event));
/** Before any of the library was loaded. */
let listenersBefore: number[] | undefined;

const makers: readonly (readonly [name: string, make: () => Promise<Shell>])[] = [
  ['plain', () => Promise.resolve(makeShell())],
  [
    'neo-blessed',
    () => {
      listenersBefore ??= countListeners();
      return loadBlessedShell(() => {});
    },
  ],
];

function pane(name: string, place: (size: Size) => Rect, extra: Partial<Pane> = {}): Pane {
  return {
    name,
    canFocus: true,
    place,
    paint(grid, rect, hasFocus) {
      // Too long on purpose: the shell protects what is around.
      for (let y = rect.y; y < rect.y + rect.height; y++) grid.text(rect.x, y, (hasFocus ? '*' : '') + name.repeat(20));
    },
    ...extra,
  };
}

const left = (size: Size): Rect => ({ x: 0, y: 0, width: 6, height: size.rows });
const right = (size: Size): Rect => ({ x: 6, y: 0, width: size.columns - 6, height: size.rows });
const nowhere = (): Rect => ({ x: 0, y: 0, width: 0, height: 0 });
const key = (name: string): KeyEvent => ({ kind: 'key', name });
const press = (x: number, y: number): MouseEvent => ({
  kind: 'mouse',
  action: 'press',
  button: 'left',
  x,
  y,
  modifiers: { ctrl: false, alt: false, shift: false, super: false },
});

function rows(shell: Shell, width = 12, height = 2): string[] {
  const grid = new Grid(width, height);
  shell.paint(grid);
  return Array.from({ length: height }, (_, y) => grid.rowText(y));
}

for (const [name, make] of makers) {
  test.serial(`${name}: panes in their places, each inside its own`, async t => {
    const shell = await make();
    t.teardown(() => shell.dispose());
    shell.add(pane('a', left));
    shell.add(pane('b', right));
    shell.add(pane('hidden', nowhere));
    t.deepEqual(rows(shell), ['*aaaaabbbbbb', '*aaaaabbbbbb']);
    t.deepEqual(rows(shell, 8, 1), ['*aaaaabb'], 'another size');
  });

  test.serial(`${name}: the focus goes round the visible panes`, async t => {
    const shell = await make();
    t.teardown(() => shell.dispose());
    const keys: string[] = [];
    const onKey = (by: string) => (event: KeyEvent) => keys.push(`${by} ${event.name}`) > 0;
    shell.add(pane('status', left, { canFocus: false }));
    shell.add(pane('a', left, { onKey: onKey('a') }));
    shell.add(pane('hidden', nowhere));
    const b = shell.add(pane('b', right, { onKey: onKey('b') }));
    rows(shell);
    t.is(shell.focused, 'a');
    shell.focusNext(1);
    t.is(shell.focused, 'b');
    t.true(shell.handle(key('x')));
    shell.focusNext(1);
    t.is(shell.focused, 'a');
    shell.focusNext(-1);
    t.is(shell.focused, 'b');
    t.false(shell.focus('status'));
    t.false(shell.focus('none'));
    b.dispose();
    t.is(shell.focused, 'a');
    shell.handle(key('y'));
    t.deepEqual(keys, ['b x', 'a y']);
  });

  test.serial(`${name}: a dialog gets everything until it is closed`, async t => {
    const shell = await make();
    t.teardown(() => shell.dispose());
    const keys: string[] = [];
    shell.add(pane('a', left, { onKey: () => keys.push('a') > 0 }));
    shell.add(pane('b', right));
    shell.focus('b');
    const middle = (): Rect => ({ x: 4, y: 0, width: 4, height: 1 });
    const dialog = shell.open(pane('d', middle, { onKey: () => keys.push('d') > 0 }));
    t.deepEqual(rows(shell), ['aaaa*dddbbbb', 'aaaaaabbbbbb']);
    t.is(shell.focused, 'd');
    t.true(shell.handle(key('x')));
    t.false(shell.focus('a'));
    shell.focusNext(1);
    shell.handle(press(0, 1));
    t.is(shell.focused, 'd');
    dialog.dispose();
    dialog.dispose();
    t.is(shell.focused, 'b');
    t.deepEqual(keys, ['d']);
    t.deepEqual(rows(shell), ['aaaaaa*bbbbb', 'aaaaaa*bbbbb']);
  });

  test.serial(`${name}: the mouse goes to what lies under it, a press takes the focus along`, async t => {
    const shell = await make();
    t.teardown(() => shell.dispose());
    const seen: string[] = [];
    const onMouse = (event: MouseEvent, rect: Rect): boolean =>
      seen.push(`${event.x - rect.x},${event.y - rect.y}`) > 0;
    shell.add(pane('a', left));
    shell.add(pane('b', right, { onMouse }));
    rows(shell);
    t.true(shell.handle(press(8, 1)));
    t.is(shell.focused, 'b');
    t.deepEqual(seen, ['2,1']);
    t.false(shell.handle(press(0, 0)));
    t.is(shell.focused, 'a');
    t.false(shell.handle({ kind: 'focus', focused: true }));
  });
}

test.serial(
  'neo-blessed: a stock dialog is drawn above the panes and answers keys; nothing is installed on the process',
  async t => {
    const shell = await loadBlessedShell(() => {});
    t.teardown(() => shell.dispose());
    shell.add(pane('a', size => ({ x: 0, y: 0, width: size.columns, height: size.rows })));
    rows(shell, 40, 10);
    const Question = createRequire(import.meta.url)('neo-blessed/lib/widgets/question.js');
    const question = new Question({ parent: shell.screen, top: 2, left: 5, width: 30, height: 6, border: 'line' });
    let answer: unknown;
    question.ask('Really?', (_error: unknown, value: unknown) => {
      answer = value;
    });
    const screen = rows(shell, 40, 10);
    t.regex(screen.join('\n'), /Really\?/);
    t.regex(screen[2]!, /a┌─+┐/);
    shell.handle({ kind: 'key', name: 'y', text: 'y' });
    t.true(answer);
    t.false(rows(shell, 40, 10).join('').includes('Really'));
    t.is(shell.focused, 'a');
    t.deepEqual(countListeners(), listenersBefore);
  },
);
