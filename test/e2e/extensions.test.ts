// Extensions and terminals in a real session (reference 2.9, 3.8).
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { withProject } from '../support/with-project.ts';

const main = `dir = 'file://' + config.main_dir + '/ext'
v1alpha1.extension_repo(name='r', url=dir)
v1alpha1.extension(name='one', repo_name='r', repo_path='one', args=['--who=me'])
load('ext://two', 'two')
v1alpha1.extension(name='unused', repo_name='r', repo_path='zz')
local_resource('main', 'echo ' + two())
`.replace("load('ext://two'", "v1alpha1.extension(name='two', repo_name='r', repo_path='two')\nload('ext://two'");
const one = `config.define_string('who')
local_resource('from-one', 'echo hello ' + config.parse()['who'])
`;
const files = { Tiltfile: main, 'ext/one/Tiltfile': one, 'ext/two/Tiltfile': "def two():\n  return 'TWO'\n" };

test(
  'ci waits for what extensions bring, and fails with it',
  withProject(files, async (t, project) => {
    const good = await project.run('ci');
    t.is(good.code, 0, good.stdout + good.stderr);
    t.regex(good.stdout, / main │ TWO\n/);
    t.regex(good.stdout, / one │ Initial Build\n/);
    t.regex(good.stdout, /from-one │ hello me\n/);
    t.regex(good.stdout, /ERROR: extension unused: no extension tiltfile found at .*\/ext\/zz\/Tiltfile\n/);
    fs.appendFileSync(path.join(project.dir, 'ext/one/Tiltfile'), "local_resource('bad', 'exit 3')\n");
    const bad = await project.run('ci');
    t.is(bad.code, 1);
    t.is(bad.stderr, 'Error: Command "exit 3" failed: exit status 3\n');
  }),
);

test(
  'an extension is loaded again when its file is saved, and goes with its object',
  withProject(files, async (t, project) => {
    const tilt = project.start('up', '--stream');
    await tilt.waitFor('from-one │ hello me');
    const file = path.join(project.dir, 'ext/one/Tiltfile');
    fs.writeFileSync(file, one.replace('hello', 'again'));
    await tilt.waitFor('from-one │ again me');
    t.regex(tilt.output, / one │ 1 File Changed: \[ext\/one\/Tiltfile\]/);
    fs.writeFileSync(file, "fail('broken')\n");
    await tilt.waitFor('Error in fail: broken');
    const names = async (): Promise<string> => (await project.run('get', 'uiresources,tiltfiles', '-o', 'name')).stdout;
    t.regex(await names(), /uiresource\.tilt\.dev\/from-one\n/);
    t.is((await project.run('delete', 'extension', 'one')).code, 0);
    t.notRegex(await names(), /one/);
    await tilt.stop();
  }),
);

test(
  'a server has a real terminal when it asks for one',
  withProject(
    { Tiltfile: "local_resource('t', serve_cmd='test -t 0 && stty size && sleep 60', tty=True)\n" },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('t │ 24 80');
      const end = await tilt.stop();
      t.is(end.code, 0, tilt.output);
    },
  ),
);
