import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { writeFileAtomic } from '../../src/state/atomic-file.ts';
import { Ledger, readLedger } from '../../src/state/ledger.ts';
import { projectPaths } from '../../src/state/project-paths.ts';
import { listSessions, removeSession, type SessionRecord, writeSession } from '../../src/state/sessions.ts';
import { baseDirectories, resolveStateDirectory } from '../../src/state/state-directory.ts';
import { parseUserConfig, readUserConfig } from '../../src/state/user-config.ts';
import { readOrMakeWebToken, readWebToken } from '../../src/state/web-token.ts';
import { fakeCensus, modeOf, tempDirectory } from './fixtures.ts';

test('the state directory follows three variables, then ~/.windmill, then ~/.tilt-dev', t => {
  const home = tempDirectory(t);
  const at = (env: Record<string, string>) => resolveStateDirectory({ env, home, cwd: home, platform: 'linux' }, false);
  t.is(at({}), path.join(home, '.tilt-dev'));
  t.is(at({ WINDMILL_DIR: '/w', WMDAEMON_HOME: '/d' }), '/d');
  t.is(at({ WINDMILL_DIR: '/w', WMDAEMON_HOME: '/d', TILT_DEV_DIR: 'rel' }), path.join(home, 'rel'));
  fs.mkdirSync(path.join(home, '.windmill'));
  t.is(at({}), path.join(home, '.windmill'));
  t.throws(() => resolveStateDirectory({ env: {}, home: '', cwd: '/', platform: 'linux' }), {
    message: /HOME is not set/,
  });
});

test('a state directory that cannot be made or written is said in one sentence, and nothing hangs', t => {
  const home = tempDirectory(t);
  fs.writeFileSync(path.join(home, 'file'), '');
  const at = (TILT_DEV_DIR: string) =>
    resolveStateDirectory({ env: { TILT_DEV_DIR }, home, cwd: home, platform: 'linux' });
  for (const bad of ['file', 'file/below', '/dev/null/below'])
    t.throws(() => at(bad), {
      name: 'NoStateDirectoryError',
      message: /^cannot use the state directory \/.*TILT_DEV_DIR/,
    });
  // Node's own recursive mkdir never returns from there.
  if (process.platform === 'linux') t.throws(() => at('/proc/none/below'), { name: 'NoStateDirectoryError' });
  t.is(at('deep/new'), path.join(home, 'deep', 'new'));
  t.is(modeOf(path.join(home, 'deep', 'new')), '755');
});

test('base directories follow XDG, on macOS its own places', t => {
  const linux = baseDirectories({
    env: { XDG_CACHE_HOME: '/c', XDG_DATA_HOME: 'rel' },
    home: '/h',
    cwd: '/',
    platform: 'linux',
  });
  t.is(linux.cache, '/c/tilt-dev');
  t.is(linux.data, '/h/.local/share/tilt-dev', 'a relative value does not count');
  t.is(linux.runtime, linux.state, 'without a runtime directory its files go to the state');
  const mac = baseDirectories({ env: {}, home: '/h', cwd: '/', platform: 'darwin' });
  t.is(mac.cache, '/h/Library/Caches/tilt-dev');
  t.is(mac.config, '/h/Library/Application Support/tilt-dev');
});

test('a project is named by the real path of its Tiltfile', t => {
  const directory = tempDirectory(t);
  const real = path.join(directory, 'real');
  fs.mkdirSync(real);
  fs.symlinkSync(real, path.join(directory, 'link'));
  const paths = projectPaths('/s', path.join(directory, 'link', 'Tiltfile'));
  t.deepEqual(paths, projectPaths('/s', path.join(real, 'Tiltfile')));
  t.regex(paths.directory, /^\/s\/projects\/[0-9a-f]{16}$/);
});

test('the web token is made once and then everybody has it', t => {
  const directory = path.join(tempDirectory(t), 'state');
  t.is(readWebToken(directory), undefined);
  const token = readOrMakeWebToken(directory);
  t.regex(token, /^[0-9a-f-]{36}$/);
  t.is(readOrMakeWebToken(directory), token);
  t.is(modeOf(path.join(directory, 'token')), '600');
  t.deepEqual(fs.readdirSync(directory), ['token']);
  fs.writeFileSync(path.join(directory, 'token'), '');
  t.regex(readOrMakeWebToken(directory), /^[0-9a-f-]{36}$/);
});

const record = (apiServer: string, pid: number): SessionRecord => ({
  apiServer,
  pid,
  startTime: 's',
  bootId: 'boot',
  webPort: 10350,
  webHost: 'localhost',
  apiPort: 4000,
  project: '/p/Tiltfile',
  sessionId: 'id',
  detached: false,
  startedAtMs: 5,
});

test('sessions are listed with whether they live; strange files are no sessions', async t => {
  const state = tempDirectory(t);
  t.deepEqual(await listSessions(state, fakeCensus()), []);
  writeSession(state, record('tilt-default', 1));
  writeSession(state, record('tilt-2', 99));
  writeSession(state, { ...record('tilt-3', 1), bootId: 'an earlier one' });
  fs.writeFileSync(path.join(state, 'sessions', 'broken.json'), '{"pid":');
  t.is(modeOf(path.join(state, 'sessions')), '700');
  const listed = await listSessions(state, fakeCensus([1]));
  t.deepEqual(
    listed.map(s => [s.record.apiServer, s.isAlive]),
    [
      ['tilt-2', false],
      ['tilt-3', false],
      ['tilt-default', true],
    ],
  );
  t.deepEqual(listed[2]!.record, record('tilt-default', 1));
  removeSession(state, record('tilt-default', 2));
  t.is((await listSessions(state, fakeCensus())).length, 3, 'the file of another process stays');
  removeSession(state, record('tilt-default', 1));
  t.is((await listSessions(state, fakeCensus())).length, 2);
});

test('the ledger tells what may exist, what does, and what was never ours', async t => {
  const file = path.join(tempDirectory(t), 'p', 'ledger.jsonl');
  const options = { session: 's1', now: () => 7 };
  const ledger = await Ledger.open(file, options);
  const target = (name: string) => ({ kind: 'kubernetes', at: { name } });
  const a = await ledger.willCreate(target('a'));
  t.is(fs.readFileSync(file, 'utf8').split('\n').length, 2, 'the line is there before the call goes out');
  await ledger.created(a, 'uid-a');
  await ledger.willCreate(target('b'));
  await ledger.adopt(target('c'), 'uid-c');
  const d = await ledger.willCreate(target('d'));
  await ledger.gone(d);
  await ledger.close();
  t.is(modeOf(file), '600');
  fs.appendFileSync(file, '{"op":"created","id":"cut');
  const summary = () => readLedger(file).map(r => [r.target.at['name'], r.state, r.uid]);
  const wanted = [
    ['a', 'done', 'uid-a'],
    ['b', 'created', undefined],
    ['c', 'adopted', 'uid-c'],
  ];
  t.deepEqual(summary(), wanted);
  const again = await Ledger.open(file, { session: 's2', now: () => 8 });
  await again.willCreate(target('e'));
  await again.close();
  t.deepEqual(summary(), [...wanted, ['e', 'created', undefined]], 'a cut line is dropped, what follows is whole');
});

test('a ledger keeps the order of writes that are not waited for', async t => {
  const file = path.join(tempDirectory(t), 'ledger.jsonl');
  const ledger = await Ledger.open(file, { session: 's', now: () => 0 });
  await Promise.all(Array.from({ length: 50 }, (_, i) => ledger.willCreate({ kind: 'k', at: { i: String(i) } })));
  await ledger.close();
  t.deepEqual(
    readLedger(file).map(r => r.target.at['i']),
    Array.from({ length: 50 }, (_, i) => String(i)),
  );
});

test('an atomic write leaves no second file, also when it fails', t => {
  const directory = tempDirectory(t);
  const file = path.join(directory, 'sub', 'x');
  writeFileAtomic(file, 'one');
  writeFileAtomic(file, 'two', { durable: true });
  t.is(fs.readFileSync(file, 'utf8'), 'two');
  fs.mkdirSync(path.join(directory, 'taken', 'x'), { recursive: true });
  t.throws(() => writeFileAtomic(path.join(directory, 'taken'), 'x'));
  t.deepEqual(fs.readdirSync(directory), ['sub', 'taken']);
});

test('user config: defaults, comments, trailing commas', t => {
  const file = path.join(tempDirectory(t), 'config.jsonc');
  t.is(readUserConfig(file).config.theme, 'terminal');
  fs.writeFileSync(file, '// mine\n{ "theme": "nord", /* x */ "ascii": true, "$schema": "y", }\n');
  const odd = `${file}.odd`;
  fs.mkdirSync(odd);
  t.regex(readUserConfig(odd).diagnostics[0]!.text, /the settings cannot be read: it is a folder/);
  fs.rmdirSync(odd);
  execFileSync('mkfifo', [odd]);
  t.regex(readUserConfig(odd).diagnostics[0]!.text, /it is no regular file/);
  fs.rmSync(odd);
  fs.writeFileSync(odd, '[['.repeat(100_000));
  t.is(readUserConfig(odd).diagnostics.length > 0, true);
  fs.writeFileSync(odd, '\ufeff{"theme": "mono"}');
  t.deepEqual([readUserConfig(odd).config.theme, readUserConfig(odd).diagnostics], ['mono', []]);
  fs.rmSync(odd);
  const { config, diagnostics } = readUserConfig(file);
  t.deepEqual(diagnostics, []);
  t.like(config, { theme: 'nord', ascii: true, mouse: true, log_max_bytes: 2147483648 });
});

for (const [text, line, column, message, hint] of [
  ['{ "them": "x" }', 1, 3, "unknown setting 'them'", "did you mean 'theme'?"],
  ['{\n  "mouse": 1\n}', 2, 12, "'mouse' must be true or false", undefined],
  ['{ "log_max_bytes": 5 }', 1, 20, "'log_max_bytes' must be a whole number of bytes, at least 16777216", undefined],
  ['{ "theme": nord }', 1, 12, 'this is not a value of JSON; texts need double quotes', undefined],
  ['{ "theme": "a"\n "keymap": "b" }', 2, 2, "expected ','", undefined],
  ['{ "theme": "a", "theme": "b" }', 1, 17, "'theme' is set twice", undefined],
  ['[]', 1, 1, 'expected { settings }', undefined],
  ['', 1, 1, 'the file is empty; write {} for no settings', undefined],
  ['{ "__proto__": {} }', 1, 3, "unknown setting '__proto__'", 'known: log_max_bytes, theme, keymap, ascii, mouse'],
] as const) {
  test(`user config ${JSON.stringify(text)} is said to be wrong where it is`, t => {
    const { diagnostics, config } = parseUserConfig('c.jsonc', text);
    t.is(diagnostics.length, 1);
    const [{ at, text: said, hint: hinted }] = diagnostics as [(typeof diagnostics)[0]];
    t.deepEqual([at?.line, at?.column, said, hinted], [line, column, message, hint]);
    t.is(config.mouse, true);
  });
}
