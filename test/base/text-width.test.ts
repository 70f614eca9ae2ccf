import test from 'ava';
import { eachCell, fitToWidth, textWidth, truncateToWidth } from '../../src/base/text-width.ts';

const widths: readonly (readonly [text: string, width: number])[] = [
  ['', 0],
  ['plain', 5],
  ['café', 4],
  ['e\u0301', 1],
  ['日本', 4],
  ['한국', 4],
  ['\u1112\u1161\u11ab', 2],
  ['ｶﾞ', 2],
  ['😀', 2],
  ['❤', 1],
  ['❤\ufe0f', 2],
  ['👍🏽', 2],
  ['👨\u200d👩\u200d👧\u200d👦', 2],
  ['🇩🇪', 2],
  ['1\ufe0f\u20e3', 2],
  ['🏳\ufe0f\u200d🌈', 2],
  ['a\u200bb\u00adc', 3],
  ['\u202eabc\u202c', 3],
  ['a\x07\u009b', 1],
  ['\ud83d', 1],
  ['●○▲✖⠹│', 6],
  ['\u0301', 0],
];
for (const [text, width] of widths) {
  test(`width of ${JSON.stringify(text)}`, t => t.is(textWidth(text), width));
}

test('cells know their place in the text', t => {
  const cells: string[] = [];
  eachCell('a\u200b日é\u0301👨\u200d👩x', (cell, width, offset) => {
    cells.push(`${cell}:${width}@${offset}`);
    return true;
  });
  t.deepEqual(cells, ['a:1@0', '日:2@1', 'é\u0301:1@3', '👨\u200d👩:2@5', 'x:1@10']);
});

test('joiners and soft hyphens that join nothing are left out; in an emoji and in a script that needs them they stay', t => {
  const shown = (text: string): string => {
    let out = '';
    eachCell(text, cell => {
      out += cell;
      return true;
    });
    return out;
  };
  t.is(shown('zero\u200bwidth\u200c\u200d\ufeff\u00ad soft'), 'zerowidth soft');
  t.is(shown('👨\u200d👩\u200d'), '👨\u200d👩');
  t.is(shown('می\u200cخواهم'), 'می\u200cخواهم');
  t.is(shown('fam👨\u200d👩\u200d👧\u200d👦!'), 'fam👨!', 'longer than the cells of tmux');
  t.is(shown('👩\u200d🚀'), '👩\u200d🚀');
});

test('a cluster without end is cut', t => {
  const zalgo = `a${'\u0301'.repeat(10_000)}b`;
  const cells: string[] = [];
  eachCell(zalgo, cell => {
    cells.push(cell);
    return true;
  });
  t.is(cells.length, 2);
  t.true(cells[0]!.length <= 16);
});

test('cutting and filling', t => {
  t.is(truncateToWidth('日本語', 5), '日本');
  t.is(truncateToWidth('abcdef', 4, '…'), 'abc…');
  t.is(truncateToWidth('abc', 3, '…'), 'abc');
  t.is(truncateToWidth('abc', 0, '…'), '');
  t.is(fitToWidth('日本語', 5), '日本 ');
  t.is(fitToWidth('ab', 4), 'ab  ');
});
