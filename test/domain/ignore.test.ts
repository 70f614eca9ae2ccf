import dockerignore from '@balena/dockerignore';
import test from 'ava';
import { ephemeralPatterns, isEphemeral } from '../../src/domain/ephemeral.ts';
import { makeIgnoreMatcher } from '../../src/domain/ignore.ts';

interface Theirs {
  add(patterns: string[]): Theirs;
  ignores(path: string): boolean;
}
const makeTheirs = dockerignore as unknown as (options: { ignorecase: boolean }) => Theirs;

const cases: [patterns: string[], path: string, ignored: boolean][] = [
  [['node_modules'], '/p/node_modules', true],
  [['node_modules'], '/p/node_modules/a/b.js', true],
  [['node_modules'], '/p/src/node_modules', false],
  [['node_modules'], '/p/node_modules2', false],
  [['**/node_modules'], '/p/src/node_modules/x', true],
  [['*.log'], '/p/a.log', true],
  [['*.log'], '/p/d/a.log', false],
  [['**/*.log'], '/p/d/e/a.log', true],
  [['**/*.log'], '/p/a.log', true],
  [['a/**'], '/p/a', false],
  [['a/**'], '/p/a/b', true],
  [['a/**/z'], '/p/a/z', true],
  [['a/**/z'], '/p/a/b/c/z/q', true],
  [['**'], '/p/x', true],
  [['**', '!src'], '/p/src/x', false],
  [['**', '!src'], '/p/lib/x', true],
  [['*', '!src/keep.txt'], '/p/src/keep.txt', false],
  [['*', '!src/keep.txt'], '/p/src/other.txt', true],
  [['!a', 'a'], '/p/a', true],
  [['docs', '!docs/README.md'], '/p/docs/README.md', false],
  [['a?c'], '/p/abc', true],
  [['a?c'], '/p/a/c', false],
  [['[a-c]x'], '/p/bx', true],
  [['[^a-c]x'], '/p/bx', false],
  [['\\!odd'], '/p/!odd', true],
  [['/abs'], '/p/abs', true],
  [['/p/abs'], '/p/abs/x', true],
  [['./x/../y/'], '/p/y/z', true],
  [['# comment', ' ', 'y'], '/p/y', true],
  [['a.b'], '/p/aXb', false],
  [['(x)+{y}$'], '/p/(x)+{y}$', true],
  [['*'], '/elsewhere/x', false],
];
for (const [patterns, path, ignored] of cases) {
  test(`${patterns.join(' ')} ${ignored ? 'ignores' : 'leaves'} ${path}`, t => {
    t.is(makeIgnoreMatcher([{ basePath: '/p', patterns }]).ignores(path), ignored);
  });
}

test('without patterns all of the base is ignored; several rules add up', t => {
  const matcher = makeIgnoreMatcher([{ basePath: '/p/out/' }, { basePath: '/p', patterns: ['*.log'] }]);
  t.true(matcher.ignores('/p/out'));
  t.true(matcher.ignores('/p/out/x/y'));
  t.true(matcher.ignores('/p/a.log'));
  t.false(matcher.ignores('/p/outer'));
  t.true(matcher.ignoresAllIn('/p/out/x'));
});

test('an ignored folder is not looked into unless an exception lies in it', t => {
  const plain = makeIgnoreMatcher([{ basePath: '/p', patterns: ['**/node_modules', 'build'] }]);
  t.true(plain.ignoresAllIn('/p/a/node_modules'));
  t.false(plain.ignoresAllIn('/p/a'));
  const some = makeIgnoreMatcher([{ basePath: '/p', patterns: ['*', '!src/keep', '!lib/**/*.c'] }]);
  t.false(some.ignoresAllIn('/p/src'));
  t.true(some.ignoresAllIn('/p/src/other'));
  t.false(some.ignoresAllIn('/p/lib/deep/er'));
  t.true(some.ignoresAllIn('/p/vendor'));
});

test('the same answers as the matcher of Docker’s rules, on random trees', t => {
  let seed = 7;
  const random = (n: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * n);
  };
  const words = ['a', 'b', 'ab', 'a.b', 'c'];
  const globs = [...words, '*', '**', 'a*', '*b', '?', 'a?'];
  const pick = (from: readonly string[], n: number): string =>
    Array.from({ length: n }, () => from[random(from.length)]).join('/');
  for (let round = 0; round < 3000; round++) {
    const patterns = Array.from(
      { length: 1 + random(3) },
      () => (random(4) === 0 ? '!' : '') + pick(globs, 1 + random(3)),
    );
    // A star pair at the end means "at least one name" to Docker and "all" to the library; leave those to the table.
    if (patterns.some(pattern => /\*\*$/.test(pattern))) continue;
    const path = pick(words, 1 + random(4));
    const theirs = makeTheirs({ ignorecase: false }).add(patterns).ignores(path);
    const ours = makeIgnoreMatcher([{ basePath: '/base', patterns }]).ignores(`/base/${path}`);
    if (ours !== theirs) return t.fail(`${JSON.stringify(patterns)} ${path}: ${ours}, Docker ${theirs}`);
  }
  return t.pass();
});

test('an exception never lies in a folder that is said to be ignored whole', t => {
  const matcher = makeIgnoreMatcher([{ basePath: '/p', patterns: ['**', '!a/*/c', '!**/keep'] }]);
  for (const path of ['/p/a/b/c', '/p/x/y/keep', '/p/keep']) {
    t.false(matcher.ignores(path));
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      t.false(matcher.ignoresAllIn(path.slice(0, at)), path.slice(0, at));
    }
  }
});

test('ephemeral files: the fast answer is that of the patterns', t => {
  const byPatterns = makeIgnoreMatcher([{ basePath: '/', patterns: ephemeralPatterns }]);
  const paths = [
    '/a/x.go___jb_tmp___',
    '/a/x.go___jb_old___',
    '/a/.idea/workspace.xml',
    '/a/.idea',
    '/a/.#lock',
    '/a/#auto#',
    '/a/#auto',
    '/a/flymake_x.c',
    '/a/flymake_x',
    '/a/4913',
    '/a/49130',
    '/a/main.go~',
    '/a/.main.go.swp',
    '/a/main.swp',
    '/a/.x.swn',
    '/a/.x.swm',
    '/a/.f.kate-swp',
    '/a/1-go-tmp-umask',
    '/a/b.txt',
    '/a/b~/c.txt',
    '/a/.x.swp/y',
    '/a/my.idea/x',
  ];
  for (const path of paths) t.is(isEphemeral(path), byPatterns.ignores(path), path);
  t.true(isEphemeral('/a/main.go~'));
  t.false(isEphemeral('/a/main.go'));
});
