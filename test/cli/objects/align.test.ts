import test from 'ava';
import { alignText, describeAlignment, RowAligner } from '../../../src/cli/objects/align.ts';

test('a column is as wide as its widest cell in a run of lines that have it', t => {
  const text = 'Name:\tx\nNamespace:\t\nMeta:\n  A:\t1\n  Longer Title:\t2\nend';
  t.is(
    alignText(text, describeAlignment),
    'Name:       x\nNamespace:  \nMeta:\n  A:             1\n  Longer Title:  2\nend',
  );
});

test('rows: three columns between cells, at least six wide, the last cell as it is', t => {
  const aligner = new RowAligner();
  t.is(
    aligner.rows([
      ['A', 'B'],
      ['xy', 'z'],
    ]),
    'A     B\nxy    z\n',
  );
});

test('later rows keep the widths of earlier ones', t => {
  const aligner = new RowAligner();
  aligner.rows([['long name here', 'B']]);
  t.is(aligner.rows([['x', 'y']]), `${'x'.padEnd(17)}y\n`);
});

test('wide characters count as one, as kubectl counts them', t => {
  t.is(new RowAligner().rows([['日本', 'b']]), '日本    b\n');
});
