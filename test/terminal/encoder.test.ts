import test from 'ava';
import { Encoder, type EncoderOptions } from '../../src/terminal/encoder.ts';
import { Grid } from '../../src/terminal/grid.ts';
import { rgb, type Style } from '../../src/terminal/style.ts';
import { parseStyledLine } from '../../src/terminal/styled-line.ts';
import { Emulator, widthModels } from '../support/emulator.ts';
import { hardStrings } from './hard-strings.ts';
import { below, makeRandom, pick } from './random.ts';

const trueColor: EncoderOptions = { colors: 'truecolor', links: true, synchronized: false };

function makeScreen(width: number, height: number, options: EncoderOptions = trueColor) {
  const grid = new Grid(width, height);
  return { grid, encoder: new Encoder(grid, options) };
}

/** What a terminal shows that gets the grid's content in one full repaint. */
async function freshDump(grid: Grid, model: (typeof widthModels)[number]): Promise<string[]> {
  const copy = new Grid(grid.width, grid.height);
  copy.cells.set(grid.cells);
  copy.styles = grid.styles;
  copy.clusters = grid.clusters;
  const emulator = new Emulator(grid.width, grid.height, model);
  await emulator.write('\x1b[?7l');
  await emulator.write(new Encoder(copy, trueColor).encode());
  return emulator.dump();
}

test('nothing changed gives no bytes', t => {
  const { grid, encoder } = makeScreen(20, 3);
  grid.text(0, 0, 'hello', { bold: true });
  t.not(encoder.encode(), '');
  t.is(encoder.encode(), '');
  grid.clear();
  grid.text(0, 0, 'hello', { bold: true });
  t.is(encoder.encode(), '', 'painting the same again costs nothing');
});

test('a frame is one synchronised update', t => {
  const { grid, encoder } = makeScreen(10, 1, { colors: '16', links: true });
  grid.text(0, 0, 'x');
  const frame = encoder.encode();
  t.true(frame.startsWith('\x1b[?2026h'));
  t.true(frame.endsWith('\x1b[?2026l'));
});

const small: [string, (grid: Grid) => unknown, (grid: Grid) => unknown, string][] = [
  ['one cell', g => g.text(0, 0, 'abcdef'), g => g.put(2, 0, 'X'), '\x1b[3GX'],
  ['a short gap is written again', g => g.text(0, 0, 'abcdef'), g => g.text(1, 0, 'XcdY'), '\x1b[2GXcdY'],
  [
    'a long gap is jumped over',
    g => g.text(0, 0, 'abcdefghij'),
    g => {
      g.put(0, 0, 'X');
      g.put(8, 0, 'Y');
    },
    '\rX\x1b[7CY',
  ],
  [
    'the rest of a row is erased',
    g => g.text(0, 0, 'abcdef'),
    g => g.clear({ x: 2, y: 0, width: 8, height: 1 }),
    '\x1b[3G\x1b[K',
  ],
  ['a style is set in full', g => g.text(0, 0, 'ab'), g => g.put(0, 0, 'a', { fg: 1, bold: true }), '\r\x1b[0;1;31ma'],
  [
    'blanks between coloured words need no other style',
    () => {},
    g => g.text(0, 0, 'a b', { fg: 2 }),
    '\x1b[1H\x1b[0;32ma b',
  ],
  [
    'a link is closed with the frame',
    () => {},
    g => g.put(0, 0, 'a', { link: 'https://x.y' }),
    '\x1b[1H\x1b[m\x1b]8;;https://x.y\x1b\\a\x1b]8;;\x1b\\',
  ],
  ['the cursor is shown', () => {}, g => Object.assign(g, { cursor: { x: 3, y: 0 } }), '\x1b[1;4H\x1b[?25h'],
];

for (const [name, before, after, bytes] of small) {
  test(`diff: ${name}`, t => {
    const { grid, encoder } = makeScreen(10, 1);
    before(grid);
    encoder.encode();
    after(grid);
    t.is(encoder.encode().replace(/^\x1b\[m/, ''), bytes);
  });
}

test('colour depths', t => {
  const style: Style = { fg: rgb(255, 100, 0), bg: 123, bold: true };
  const bytes = (colors: EncoderOptions['colors']): string => {
    const { grid, encoder } = makeScreen(2, 1, { colors, links: false, synchronized: false });
    grid.put(0, 0, 'a', style);
    return /\x1b\[0[^m]*m/.exec(encoder.encode())?.[0] ?? '';
  };
  t.is(bytes('truecolor'), '\x1b[0;1;38;2;255;100;0;48;5;123m');
  t.is(bytes('256'), '\x1b[0;1;38;5;202;48;5;123m');
  t.is(bytes('16'), '\x1b[0;1;91;47m');
  t.is(bytes('none'), '\x1b[0;1m');
});

test('where links may not be written there are none', t => {
  const { grid, encoder } = makeScreen(4, 1, { colors: '16', links: false });
  grid.put(0, 0, 'a', { link: 'https://x.y' });
  t.false(encoder.encode().includes('\x1b]'));
});

for (const model of widthModels) {
  test(`hard strings stay in their columns: ${model}`, async t => {
    for (const [name, text] of hardStrings) {
      const { grid, encoder } = makeScreen(60, 3);
      const emulator = new Emulator(60, 3, model);
      await emulator.write('\x1b[?7l');
      // Once over an empty screen, once over old text, once incrementally beside it.
      for (const old of ['', 'x'.repeat(60), 'y'.repeat(60)]) {
        grid.clear();
        grid.text(0, 1, old);
        await emulator.write(encoder.encode());
        grid.clear();
        grid.put(0, 1, '[');
        grid.line(1, 1, parseStyledLine(text), { width: 38 });
        grid.text(40, 1, ']marker');
        await emulator.write(encoder.encode());
        t.is(emulator.columns(1, 40, 47), ']marker', `${name}: what stands behind`);
        t.is(emulator.columns(1, 0, 1), '[', `${name}: what stands before`);
        t.is(emulator.columns(1, 47, 60).trim(), '', `${name}: nothing left over`);
        t.is(emulator.columns(0, 0, 60).trim() + emulator.columns(2, 0, 60).trim(), '', `${name}: other rows`);
      }
    }
  });

  test(`hard strings cut at the right edge don't reach the next row: ${model}`, async t => {
    for (const [name, text] of hardStrings) {
      const width = 8;
      const { grid, encoder } = makeScreen(width, 3);
      const emulator = new Emulator(width, 3, model);
      await emulator.write('\x1b[?7l');
      for (let x = 0; x < width; x++) {
        grid.clear();
        grid.text(0, 0, 'first');
        grid.line(x, 1, parseStyledLine(text));
        grid.text(0, 2, 'last');
        await emulator.write(encoder.encode());
        t.is(emulator.lines[0], 'first', `${name} at ${x}`);
        t.is(emulator.lines[2], 'last', `${name} at ${x}`);
      }
    }
  });

  test(`random paints and resizes: the incremental screen equals a fresh one: ${model}`, async t => {
    const seed = 1;
    const random = makeRandom(seed);
    const styles: Style[] = [
      {},
      { fg: 1 },
      { bg: 4 },
      { fg: rgb(1, 2, 3), bold: true },
      { inverse: true },
      { underline: true, dim: true },
      { strike: true, italic: true, bg: rgb(9, 9, 9) },
      { link: 'https://example.org/' },
    ];
    const texts = [...hardStrings.map(h => h[1]), 'some plain words here', '   ', 'x', '● ready', '✖ error'];
    const { grid, encoder } = makeScreen(30, 8);
    const emulator = new Emulator(30, 8, model);
    await emulator.write('\x1b[?7l');
    for (let frame = 0; frame < 1200; frame++) {
      if (random() < 0.02) {
        grid.resize(10 + below(random, 30), 3 + below(random, 8));
        emulator.resize(grid.width, grid.height);
      }
      if (random() < 0.02) grid.invalidate();
      for (let n = below(random, 6); n >= 0; n--) paintSomething(grid, random, styles, texts);
      await emulator.write(encoder.encode());
      t.deepEqual(emulator.dump(), await freshDump(grid, model), `seed ${seed}, frame ${frame}`);
    }
  });
}

function paintSomething(grid: Grid, random: () => number, styles: Style[], texts: string[]): void {
  const x = below(random, grid.width + 4) - 2;
  const y = below(random, grid.height);
  const rect = { x, y, width: below(random, 12), height: 1 + below(random, 3) };
  const choice = random();
  if (choice < 0.5) grid.text(x, y, pick(random, texts), pick(random, styles));
  else if (choice < 0.65) grid.clear(rect);
  else if (choice < 0.75) grid.fill(rect, pick(random, styles), pick(random, [' ', '─', '#']));
  else if (choice < 0.85) grid.overlay(rect, pick(random, styles));
  else grid.within(rect, () => grid.text(x - 1, y, pick(random, texts), pick(random, styles)));
}

test('more styles than are kept: numbers are renewed and the picture stays', async t => {
  const { grid, encoder } = makeScreen(40, 10);
  const emulator = new Emulator(40, 10);
  grid.text(0, 9, 'steady 👨\u200d👩\u200d👧', { fg: 3 });
  for (let n = 0; n < 30; n++) {
    for (let x = 0; x < 400; x++) grid.put(x % 40, Math.floor(x / 40) % 9, 'x', { fg: rgb(n, x & 255, x >> 8) });
    await emulator.write(encoder.encode());
  }
  t.true(grid.generation > 0);
  t.true(grid.styles.size < 9000);
  t.deepEqual(emulator.dump(), await freshDump(grid, 'unicode6'));
});
