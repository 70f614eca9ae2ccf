// Extensions out of a repository that git really clones: a bare one on this disk, reached by an https name.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type LoadedText, loadText } from './load-text.ts';

const url = 'https://example.com/me/ext';

/** A session's folder with a bare repository of two commits, tagged v1 and v2; the version is what `one` returns. */
function makeRepository(folder: string): void {
  const source = path.join(folder, 'source');
  fs.mkdirSync(path.join(source, 'one'), { recursive: true });
  fs.mkdirSync(path.join(source, 'sub/two'), { recursive: true });
  const home = { HOME: folder, PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1' };
  fs.writeFileSync(
    path.join(folder, '.gitconfig'),
    `[user]\n\tname = me\n\temail = me@example.com\n[safe]\n\tdirectory = *\n[url "file://${folder}/bare.git"]\n\tinsteadOf = ${url}\n`,
  );
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: source, env: home, stdio: 'ignore' });
  const commit = (version: string): void => {
    fs.writeFileSync(path.join(source, 'one/Tiltfile'), `def f():\n  return '${version}'\n`);
    git('add', '.');
    git('commit', '-m', version);
    git('tag', version);
  };
  fs.writeFileSync(path.join(source, 'sub/two/Tiltfile'), "def g():\n  return 'two'\n");
  git('init', '--quiet');
  commit('v1');
  commit('v2');
  git('clone', '--quiet', '--bare', '.', path.join(folder, 'bare.git'));
}

function load(
  t: ExecutionContext,
  text: string,
  options: { readonly repo?: string; readonly prepare?: (folder: string) => void } = {},
): Promise<LoadedText> {
  let home = '';
  return loadText(t, `v1alpha1.extension_repo(name='r', url='${url}'${options.repo ?? ''})\n${text}`, {
    prepare: folder => {
      home = folder;
      makeRepository(folder);
      options.prepare?.(folder);
    },
    run: command => {
      const [program = '', ...args] = command.args;
      const env = { HOME: home, PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
      const done = spawnSync(program, args, { cwd: command.dir, env, encoding: 'latin1' });
      return { exitCode: done.status ?? 1, stdout: done.stdout, stderr: done.stderr };
    },
  });
}

const one = "v1alpha1.extension(name='one', repo_name='r', repo_path='one')\nload('ext://one', 'f')\nprint(f())";
const checkout = (folder: string): string => path.join(folder, '.local/share/tilt-dev/tilt_modules/example.com/me/ext');

test('the newest version is cloned', async t => {
  const { log, error, folder, result } = await load(t, one);
  t.deepEqual([error, log], ['', 'v2\n']);
  if (process.platform === 'linux') t.true(result.configFiles.includes(path.join(checkout(folder), 'one/Tiltfile')));
});

test('a pinned version is checked out', async t => {
  const { log, error } = await load(t, one, { repo: ", ref='v1'" });
  t.deepEqual([error, log], ['', 'v1\n']);
});

test('a version that is not there is an error, with what git said in the log', async t => {
  const { log, error } = await load(t, one, { repo: ", ref='nope'" });
  t.regex(
    error,
    /loading extension repo r: sync to ref nope: exit status 1\ngit: error: pathspec 'nope' did not match/,
  );
  t.regex(log, /^# cd .*; git checkout nope\nerror: pathspec/);
});

test('a folder of the repository, and a host of its own in names', async t => {
  const text = "v1alpha1.extension(name='two', repo_name='r', repo_path='two')\nload('ext://two', 'g')\nprint(g())";
  t.is((await load(t, text, { repo: ", git_subpath='sub'" })).log, 'two\n');
  t.is((await load(t, "load('ext://my/one', 'f')\nprint(f())", { repo: ", load_host='my'" })).log, 'v2\n');
});

test('what is no extension of the repository is an error', async t => {
  const text = (file: string): string =>
    `v1alpha1.extension(name='x', repo_name='r', repo_path='${file}')\nload('ext://x', 'f')`;
  t.regex((await load(t, text('zz'))).error, /loading extension x: no extension tiltfile found at .*\/zz\/Tiltfile/);
  t.regex((await load(t, text('../../x'))).error, /loading extension x: invalid repo path: \.\.\/\.\.\/x/);
});

test('a repository that cannot be reached: the checkout that is here is used, else it is an error', async t => {
  const away = (folder: string): void => fs.rmSync(path.join(folder, 'bare.git'), { recursive: true });
  const { error } = await load(t, one, { prepare: away });
  t.regex(error, /download error: waiting 5s before retrying\. Original error: exit status 128\ngit: fatal: /);
  if (process.platform !== 'linux') return;
  const stale = await load(t, one, {
    prepare: folder => {
      execFileSync('git', ['clone', '--quiet', path.join(folder, 'bare.git'), checkout(folder)], { stdio: 'ignore' });
      away(folder);
    },
  });
  t.is(stale.error, '');
  t.regex(stale.log, /^extensionrepo r: may be stale: .*[\s\S]*v2\n$/);
});
