// The source line under an error.
import test from 'ava';
import { formatFrame } from '../../src/base/diagnostics.ts';

const source = 'a = 1\n\tb = (2,\n  \n';
const at = (line: number, column: number): { file: string; line: number; column: number } => ({
  file: 'Tiltfile',
  line,
  column,
});

test('diagnostics › the caret is under the column', t => {
  t.is(formatFrame(source, at(1, 5)), '  1 | a = 1\n    |     ^');
  t.is(formatFrame(source, at(2, 4)), '  2 | \tb = (2,\n    | \t  ^');
});

test('diagnostics › an empty line, such as the end of a file, is not shown', t => {
  t.is(formatFrame(source, at(3, 1)), '');
  t.is(formatFrame(source, at(4, 1)), '');
  t.is(formatFrame(source, at(9, 1)), '');
  t.is(formatFrame(source, at(0, 1)), '');
});
