// Scanner and parser: places, all errors of a file, comments, the tree.
import test from 'ava';
import { formatStaticError, parse, parseExpression, type tree, walk } from '../../src/starlark/index.ts';

function errorsOf(source: string): string[] {
  return parse({ filename: 'f', source }).errors.map(formatStaticError);
}

function nodesOf(source: string, kind: tree.Node['kind']): string[] {
  const { file } = parse({ filename: 'f', source });
  const found: string[] = [];
  walk(file, node => {
    if (node.kind === kind) found.push(source.slice(node.start, node.end));
  });
  return found;
}

test('every error of a file is found, one a line, and the statements between survive', t => {
  const source =
    'x = = 1\ngood = 1\ny = )\ndef f(:\n    inner = 1\nalso_good = 2\nz = "\\q"\nif True:\n    w = 1 +\n    v = 2\n';
  const { file, errors } = parse({ filename: 'f', source });
  t.deepEqual(errors.map(formatStaticError), [
    "f:1:5: got '=', want primary expression",
    "f:3:5: unexpected ')'",
    "f:4:8: got ':', want ')'",
    'f:7:5: invalid escape sequence \\q',
    'f:9:12: got newline, want primary expression',
  ]);
  t.deepEqual(
    file.stmts.map(stmt => stmt.kind),
    ['AssignStmt', 'AssignStmt', 'IfStmt'],
  );
});

const places: [source: string, error: string][] = [
  ['x = 1 +', 'f:1:8: got end of file, want primary expression'],
  ['x = [1,\n2', "f:2:2: got end of file, want ']'"],
  ['if x\n  pass', "f:2:1: got newline, want ':'"],
  ['  x = 1', 'f:1:3: got indent, want primary expression'],
  ['if x:\n    y\n  z', 'f:3:3: unindent does not match any outer indentation level'],
  ['x = (1, 2', "f:1:10: got end of file, want ')'"],
  ['x = 1,', 'f:1:6: unparenthesized tuple with trailing comma'],
  ['a < b < c', 'f:1:8: < does not associate with < (use parens)'],
  ['x if y', 'f:1:3: conditional expression without else clause'],
  ['f(1=2)', 'f:1:5: keyword argument must have form name=expr'],
  ['load("m")', 'f:1:5: load statement must import at least 1 symbol'],
  ['load(m, "x")', 'f:1:7: first operand of load statement must be a string literal'],
  ['x = 1 $ 2', "f:1:7: unexpected input character '$'"],
  ['é = "日本" ? 1', "f:1:10: unexpected input character '?'"],
  ["'abc", 'f:1:1: unexpected EOF in string'],
  ['"""abc\ndef', 'f:1:1: unexpected EOF in string'],
  ['x = 1\\2', 'f:1:7: stray backslash in program'],
  ['class X: pass', 'f:1:1: got class, want primary expression'],
  ['def await(): pass', 'f:1:10: not an identifier'],
];

for (const [source, error] of places) {
  test(`error of ${JSON.stringify(source)}`, t => t.is(errorsOf(source)[0], error));
}

test('line ends of all systems, tabs and continuation lines', t => {
  t.deepEqual(errorsOf('if True:\r\n\tx = 1\r\n        y = 2\r\nz = 1 + \\\r\n  2\rw = 3'), []);
  t.deepEqual(errorsOf('x = 1\r\ny = )'), ["f:2:5: unexpected ')'"]);
  t.deepEqual(errorsOf('x = "a\\\r\nb"\ny = )'), ["f:3:5: unexpected ')'"]);
});

test('nodes span their text', t => {
  const source = 'x = f(a, b = [1, 2][0])(c).d\ny = (1 if z else 2) + -3\n';
  t.deepEqual(nodesOf(source, 'CallExpr'), ['f(a, b = [1, 2][0])(c)', 'f(a, b = [1, 2][0])']);
  t.deepEqual(nodesOf(source, 'DotExpr'), ['f(a, b = [1, 2][0])(c).d']);
  t.deepEqual(nodesOf(source, 'BinaryExpr'), ['b = [1, 2][0]', '(1 if z else 2) + -3']);
  t.deepEqual(nodesOf(source, 'CondExpr'), ['1 if z else 2']);
});

test('comments stay with what they are about', t => {
  const source = '# head\nx = [ # list\n  # first\n  1, # one\n]\ndef f():\n  # body\n  pass # nothing\n# tail\n';
  const { file } = parse({ filename: 'f', source, comments: true });
  const found: string[] = [];
  walk(file, node => {
    for (const comment of node.comments?.before ?? []) found.push(`before ${node.kind} ${comment.text}`);
    for (const comment of node.comments?.suffix ?? []) found.push(`behind ${node.kind} ${comment.text}`);
    for (const comment of node.comments?.after ?? []) found.push(`after ${node.kind} ${comment.text}`);
  });
  t.deepEqual(found.sort(), [
    'after File # tail',
    'before AssignStmt # head',
    'before BranchStmt # body',
    'before Literal # first',
    'behind DefStmt # nothing',
    'behind Ident # list',
    'behind Literal # one',
  ]);
});

test('columns count runes, offsets bytes', t => {
  const source = 'x = "日本" + y';
  const { file } = parse({ filename: 'f', source });
  let place: unknown;
  walk(file, node => {
    if (node.kind === 'Ident' && node.name === 'y') place = file.source.placeAt(node.start);
  });
  t.deepEqual(place, { file: 'f', line: 1, column: 12 });
});

test('an expression alone', t => {
  t.is(parseExpression('e', '1, 2\n').expr?.kind, 'TupleExpr');
  t.deepEqual(parseExpression('e', '1 2').errors.map(formatStaticError), [
    'e:1:4: got int literal after expression, want EOF',
  ]);
});
