// The screen goes on with neo-blessed's shell when there is time for it: nothing that is seen or done may tell.
import test from 'ava';
import { loadBlessedShell } from '../../src/terminal/blessed-shell.ts';
import type { Shell } from '../../src/terminal/shell.ts';
import { type Driver, type DriverOptions, drive, fillShop } from './driver.ts';

/** A loader that is let go by hand, and tells what it loaded. */
function heldLoader(load: () => Promise<Shell>) {
  const held = { asked: 0, shell: undefined as Shell | undefined, go: () => {} };
  const loadShell = async (onWantsFrame: () => void): Promise<Shell> => {
    held.asked++;
    await new Promise<void>(resolve => {
      held.go = resolve;
    });
    held.shell = await load();
    onWantsFrame();
    return held.shell;
  };
  return { held, loadShell };
}

const loadBlessed = (): Promise<Shell> => loadBlessedShell(() => {});

const quiet = { updateStatus: 'ok', runtimeStatus: 'not_applicable' } as const;

/** The library is read from disk, which takes its time. */
async function loaded(held: { readonly shell: Shell | undefined }): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!held.shell && performance.now() < deadlineMs) await new Promise(resolve => setTimeout(resolve, 2));
  for (let i = 0; i < 3; i++) await new Promise(resolve => setImmediate(resolve));
}

async function waitForShell(d: Driver, held: { readonly shell: Shell | undefined }): Promise<void> {
  await loaded(held);
  await d.settle();
}

test.serial('it is loaded a second after the session became quiet, not before', async t => {
  const { held, loadShell } = heldLoader(loadBlessed);
  const d = await drive(t, { loadShell });
  await d.settle(3000);
  t.is(held.asked, 0, 'no resources yet');
  d.client.setResource('web', { updateStatus: 'in_progress', currentBuild: { startTime: '2026-01-01T00:00:00Z' } });
  await d.settle(3000);
  t.is(held.asked, 0, 'something builds');
  d.client.setResource('web', quiet);
  await d.settle(600);
  t.is(held.asked, 0);
  await d.settle(900);
  t.is(held.asked, 1);
  const before = d.text();
  held.go();
  await waitForShell(d, held);
  t.is(held.shell?.focused, 'list');
  t.is(d.text(), before);
  d.clock.advance(60_000);
  await d.settle();
  t.is(held.asked, 1, 'once');
});

test.serial('or when the first dialog opens, which stays open, with its state and its keys', async t => {
  const { held, loadShell } = heldLoader(loadBlessed);
  const d = await drive(t, { loadShell });
  fillShop(d.client);
  await d.settle();
  await d.press('tab');
  await d.press('?');
  await d.type('foll');
  await d.settle(200);
  t.is(held.asked, 1);
  const before = d.text();
  held.go();
  await waitForShell(d, held);
  t.is(held.shell?.focused, 'help');
  t.is(d.text(), before);
  await d.type('ow');
  t.regex(d.text(), /\/ follow/);
  await d.press('esc');
  t.is(held.shell?.focused, 'log', 'the focus is where it was');
  t.is(d.screen.model.focus, 'log');
  await d.press('q');
  t.is(held.shell?.focused, 'exit');
  await d.press('esc');
  await d.press('tab');
  t.is(held.shell?.focused, 'list');
  t.is(d.screen.model.focus, 'list');
});

test.serial('when it cannot be loaded, the first one stays', async t => {
  const { held, loadShell } = heldLoader(() => Promise.reject(new Error('no such module')));
  const d = await drive(t, { loadShell });
  d.client.setResource('web', quiet);
  d.client.setResource('api', quiet);
  await d.settle(2000);
  t.is(held.asked, 1);
  held.go();
  await d.settle(5000);
  await d.press('tab');
  t.is(d.screen.model.focus, 'log');
  await d.press('?');
  t.regex(d.text(), /Keys and commands/);
  t.is(held.asked, 1);
});

test.serial('one that comes when the screen is gone is disposed', async t => {
  const { held, loadShell } = heldLoader(loadBlessed);
  const d = await drive(t, { loadShell });
  d.client.setResource('web', quiet);
  await d.settle(2000);
  d.screen.dispose();
  held.go();
  await loaded(held);
  t.is(held.shell?.focused, undefined);
});

const click = (x: number, y: number, action: 'press' | 'wheel' = 'press') =>
  ({
    kind: 'mouse',
    action,
    button: 'left',
    ...(action === 'wheel' ? { wheel: 'down' as const } : {}),
    x,
    y,
    modifiers: { ctrl: false, alt: false, shift: false, super: false },
  }) as const;

/** Everything a person does, and the pictures after each step. */
const walk: readonly (string | ReturnType<typeof click>)[] = [
  'n',
  'd',
  'j',
  'J',
  'esc',
  'x',
  'j',
  'esc',
  'tab',
  'K',
  'G',
  'z',
  'esc',
  '/',
  'w',
  'e',
  'b',
  'down',
  'enter',
  'esc',
  '?',
  'pagedown',
  'esc',
  '0',
  'q',
  'D',
  'esc',
  click(4, 3),
  click(70, 20),
  click(70, 20, 'wheel'),
  'x',
  click(0, 0),
  'q',
  click(0, 0),
  'd',
  click(40, 12, 'wheel'),
  click(0, 23),
  'ctrl-c',
  'ctrl-c',
];

for (const size of ['80x24', '120x28', '40x10']) {
  test.serial(`the same keys and clicks give the same pictures with both, at ${size}`, async t => {
    const other: { shell: Shell | undefined } = { shell: undefined };
    const pictures = async (options: DriverOptions): Promise<string[]> => {
      const d = await drive(t, { size, ...options });
      fillShop(d.client);
      const names = ['postgres', 'web', 'seed'];
      d.client.plan = { kubernetes: 1, compose: 0, localServers: names, disable: names, down: names };
      await d.press('?');
      await d.settle(200);
      if (options.loadShell) await loaded(other);
      await d.press('esc');
      const seen: string[] = [];
      for (const step of walk) {
        if (typeof step === 'string') await d.press(step);
        else d.terminal.input(step);
        await d.settle();
        seen.push(`${JSON.stringify(step)} ${d.screen.model.focus}\n${d.text()}`);
      }
      return seen;
    };
    const seen = await pictures({
      loadShell: async onWantsFrame => {
        other.shell = await loadBlessedShell(onWantsFrame);
        return other.shell;
      },
    });
    t.truthy(other.shell);
    t.deepEqual(seen, await pictures({}));
  });
}
