import test from 'ava';
import { Grid } from '../../src/terminal/grid.ts';
import { rgb } from '../../src/terminal/style.ts';
import { parseStyledLine, wrapColumns } from '../../src/terminal/styled-line.ts';
import { describeStyle, dumpGrid } from '../support/grid-dump.ts';
import { below, makeRandom } from './random.ts';

/** Runs as `[look]text`, the plain look as `[]`. */
function show(source: string, controls: 'drop' | 'show' = 'drop'): string {
  return parseStyledLine(source, { controls })
    .runs.map(run => `[${describeStyle(run.style)}]${run.text}`)
    .join('');
}

const table: readonly (readonly [name: string, source: string, shown: string])[] = [
  ['plain', 'hello', '[]hello'],
  ['16 colours', '\x1b[31mr\x1b[92mg\x1b[44mb\x1b[m.', '[fg=1]r[fg=10]g[fg=10 bg=4]b[].'],
  ['256 colours', '\x1b[38;5;208mo\x1b[48;5;17mn', '[fg=208]o[fg=208 bg=17]n'],
  ['true colour', '\x1b[38;2;255;100;0mo', '[fg=#ff6400]o'],
  [
    'true colour with colons',
    '\x1b[38:2::255:100:0mo\x1b[38:2:1:2:3mp\x1b[38:5:9mq',
    '[fg=#ff6400]o[fg=#010203]p[fg=9]q',
  ],
  ['a colour among others', '\x1b[1;38;5;3;4mx', '[fg=3 bold underline]x'],
  ['a colour cut off', '\x1b[38;2;1mx\x1b[38;5mx\x1b[38mx', '[]xxx'],
  ['underline colours are skipped', '\x1b[58;2;9;9;9;3mi', '[italic]i'],
  [
    'attributes and their ends',
    '\x1b[1;2;3;4;7;9ma\x1b[22;24mb\x1b[23;27;29mc',
    '[bold dim italic underline inverse strike]a[italic inverse strike]b[]c',
  ],
  ['curly underline', '\x1b[4:3ma\x1b[4:0mb', '[underline]a[]b'],
  ['a link', 'a\x1b]8;;https://x.y/z\x1b\\b\x1b]8;;\x07c', '[]a[link=https://x.y/z]b[]c'],
  [
    'a link keeps through colours',
    '\x1b]8;id=1;https://x.y\x07a\x1b[31mb\x1b[mc',
    '[link=https://x.y]a[fg=1 link=https://x.y]b[link=https://x.y]c',
  ],
  ['a link of a strange kind', '\x1b]8;;javascript:alert(1)\x07a', '[]a'],
  ['a link with a control character', '\x1b]8;;https://x\x9by\x07a', '[]a'],
  ['title', 'a\x1b]0;title\x07b', '[]ab'],
  ['cursor movement', '\x1b[2Ka\x1b[5Cb\x1b[?25lc', '[]abc'],
  ['private SGR', '\x1b[>4;2ma\x1b[?4mb', '[]ab'],
  ['charset', '\x1b(Ba\x1b)0b\x1bcd', '[]abd'],
  ['device control', 'a\x1bPq#0\x1b\\b\x1b_x\x1b\\c\x1b^y\x07d', '[]abcd'],
  ['a string without end', 'a\x1b]0;title', '[]a'],
  ['a string without end and nothing else', '\x1b]0;title', '[]0;title'],
  ['device control without end and nothing else', '\x1b[31m\x1bPq#0', '[fg=1]q#0'],
  ['a string broken off by another sequence', 'a\x1b]0;ti\x1b[31mb', '[]a[fg=1]b'],
  ['a sequence without end', 'a\x1b[31', '[]a'],
  ['a lone escape at the end', 'a\x1b', '[]a'],
  ['8-bit CSI', 'a\u009b31mb', '[]a[fg=1]b'],
  ['other C1', 'a\u0085b\u009dc\u008dd', '[]abcd'],
  ['C0', 'a\x07b\x08c\x00d\x7fe\x0bf', '[]abcdef'],
  ['tabs by column', 'a\tb\t日\tc', '[]a       b       日      c'],
  ['tabs after colour', '\x1b[31mab\x1b[m\tc', '[fg=1]ab[]      c'],
];

for (const [name, source, shown] of table) {
  test(`line: ${name}`, t => {
    t.is(show(source), shown);
  });
}

test('control characters can be made visible', t => {
  t.is(show('a\x07b\x00', 'show'), '[]a␇b␀');
});

test('whatever bytes come, no control character is left and widths add up', t => {
  const seed = 5;
  const random = makeRandom(seed);
  const pieces = [
    '\x1b',
    '[',
    ']',
    '8;;',
    'm',
    '38;2;',
    '\x07',
    '\\',
    '日',
    '👩‍💻',
    '\u009b',
    '\t',
    'x',
    ';',
    '\ud800',
    '?',
    '\x18',
  ];
  for (let round = 0; round < 3000; round++) {
    const source = Array.from({ length: below(random, 30) }, () =>
      random() < 0.8 ? pieces[below(random, pieces.length)]! : String.fromCharCode(below(random, 0x300)),
    ).join('');
    const line = parseStyledLine(source);
    t.false(/[\0-\x1f\x7f-\x9f]/.test(line.text), JSON.stringify(source));
    t.is(
      line.width,
      line.runs.reduce((sum, run) => sum + run.width, 0),
    );
    const grid = new Grid(20, 1);
    grid.line(0, 0, line);
    t.false(/[\0-\x1f\x7f-\x9f]/.test(grid.rowText(0)), JSON.stringify(source));
  }
});

test('a part of a line, with wide characters cut at both edges', t => {
  const grid = new Grid(10, 1);
  const line = parseStyledLine('\x1b[31ma日本語b\x1b[mcd');
  grid.fill(grid.bounds, {}, '.');
  t.is(grid.line(2, 0, line, { fromColumn: 2, width: 4 }), 4);
  t.is(grid.rowText(0), '.. 本 ....');
  const { map, legend } = dumpGrid(grid);
  t.is(map, '...aa');
  t.deepEqual(legend, { a: 'fg=1' });
});

test('a style below the line shows through', t => {
  const grid = new Grid(4, 1);
  grid.line(0, 0, parseStyledLine('\x1b[31mab\x1b[44mc'), { under: { bg: 7, bold: true } });
  t.deepEqual(grid.cellAt(0, 0).style, { bg: 7, bold: true, fg: 1 });
  t.deepEqual(grid.cellAt(2, 0).style, { bg: 4, bold: true, fg: 1 });
});

test('wrapping never cuts a wide character', t => {
  t.deepEqual(wrapColumns(parseStyledLine('abcdef'), 4), [0, 4]);
  t.deepEqual(wrapColumns(parseStyledLine('abc日本d'), 4), [0, 3, 7]);
  t.deepEqual(wrapColumns(parseStyledLine('abcd'), 4), [0]);
  t.deepEqual(wrapColumns(parseStyledLine(''), 4), [0]);
});

test('painting over half of a wide character leaves no half', t => {
  const grid = new Grid(6, 1);
  grid.text(0, 0, '日本語');
  grid.put(1, 0, 'x');
  t.is(grid.rowText(0), ' x本語');
  grid.put(2, 0, '中', {}, 2);
  grid.put(3, 0, '国', {}, 2);
  t.is(grid.rowText(0), ' x 国 ');
  grid.within({ x: 0, y: 0, width: 2, height: 1 }, () => grid.text(1, 0, '東'));
  t.is(grid.rowText(0), '   国 ');
});

test('text stops where it does not fit and says how far it came', t => {
  const grid = new Grid(5, 1);
  t.is(grid.text(0, 0, 'a日本', { fg: rgb(1, 2, 3) }, 4), 3);
  t.is(grid.rowText(0), 'a日  ');
});

test('a line that is written over is what was written last', t => {
  const textOf = (source: string): string => parseStyledLine(source).text;
  t.is(textOf('progress 1%\rprogress 50%\rdone'), 'done');
  t.is(textOf('progress 1%\r'), 'progress 1%', 'until something else is written');
  t.is(textOf('a\r\r\x1b[0m'), 'a');
  t.is(textOf('step 1\x1b[2K\x1b[Gstep 2\x1b[2K\x1b[1Gstep 3'), 'step 3');
  t.is(parseStyledLine('\x1b[31mred\rnow').runs[0]?.style.fg, parseStyledLine('\x1b[31mx').runs[0]?.style.fg);
  t.is(parseStyledLine('abc\r\tx').width, 9);
  t.is(textOf('text\x1b[K'), 'text');
});
