// Whole screens as text that a person can read and review, in test/tui/golden/. After a change that is meant:
//
//     UPDATE_GOLDEN=1 node scripts/test.mjs test/tui/golden.test.ts
//
// and look at the difference. The map below the text gives each look a letter.
import fs from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { ColorDepth } from '../../src/terminal/capabilities.ts';
import { dumpGrid } from '../support/grid-dump.ts';
import { type Driver, type DriverOptions, drive, fillShop } from './driver.ts';

const folder = path.resolve('test', 'tui', 'golden');
process.env['TZ'] = 'UTC';

function compare(t: ExecutionContext, { name, colors }: { name: string; colors: ColorDepth }, d: Driver): void {
  const { text, map, legend } = dumpGrid(d.terminal.grid, colors);
  const letters = Object.entries(legend).map(([letter, look]) => `${letter} ${look}`);
  const found = `${text}\n\n${map}\n\n${letters.join('\n')}\n`;
  const file = path.join(folder, `${name}.txt`);
  if (process.env['UPDATE_GOLDEN']) fs.writeFileSync(file, found);
  t.is(found, fs.readFileSync(file, 'utf8'), `${file} differs`);
}

interface Scene extends DriverOptions {
  readonly keys?: readonly string[];
  /** Colours of the terminal. */
  readonly colors?: ColorDepth;
}

const scenes: Record<string, Scene> = {
  '120x28-failed': { size: '120x28', keys: ['n'] },
  '200x50-all-logs': { size: '200x50', keys: ['0', 'tab'] },
  '80x24-failed': { size: '80x24', keys: ['n'] },
  '80x24-exit': { size: '80x24', keys: ['q'] },
  '80x24-details': { size: '80x24', keys: ['G', 'k', 'k', 'k', 'd'] },
  '80x24-help': { size: '80x24', keys: ['?'] },
  '80x24-menu': { size: '80x24', keys: ['n', 'x'] },
  '60x15-failed': { size: '60x15', keys: ['n'] },
  '40x10-list': { size: '40x10', keys: ['n'] },
  '40x10-log': { size: '40x10', keys: ['n', 'enter'] },
  '80x24-ascii': { size: '80x24', ascii: true, keys: ['n'] },
  '80x24-search': { size: '80x24', keys: ['n', 'enter', '/', 'm', 'e', 'm', 'enter'] },
  '80x24-palette': { size: '80x24', keys: [':', 'w', 'e'] },
  '120x28-marked': { size: '120x28', keys: ['j', 'j', 'space', 'space', '*', 'H'] },
};

/** The usual picture at the usual sizes, as terminals of each kind get it. */
for (const size of ['80x24', '60x15', '200x50']) {
  scenes[`${size}-true-colour`] = { size, theme: 'tokyo-night', keys: ['n'] };
  scenes[`${size}-16-colours`] = { size, theme: 'tokyo-night', colors: '16', keys: ['n'] };
  scenes[`${size}-mono`] = { size, theme: 'mono', colors: 'none', keys: ['n'] };
  scenes[`${size}-ascii`] = { size, ascii: true, keys: ['n'] };
}

async function show(t: ExecutionContext, scene: Scene): Promise<Driver> {
  const d = await drive(t, scene);
  fillShop(d.client);
  d.client.plan = { kubernetes: 0, compose: 0, localServers: ['postgres', 'web'], disable: [], down: [] };
  await d.settle();
  for (const keys of scene.keys ?? []) await d.press(keys);
  return d;
}

for (const [name, scene] of Object.entries(scenes)) {
  // Frames and the log's reads may come in another order; the spinner stands still.
  test(`screen ${name}`, async t => compare(t, { name, colors: scene.colors ?? 'truecolor' }, await show(t, scene)));
}
