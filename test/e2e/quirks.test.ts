// Behaviours of Tilt that are easily missed (reference, section 7), by their numbers. What we do otherwise on purpose is
// named in the README; what belongs to Kubernetes, images, Compose and the object commands is tested with those.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'ava';
import type { Project } from '../support/tilt-process.ts';
import { until } from '../support/tilt-process.ts';
import { withProject } from '../support/with-project.ts';

interface Result {
  readonly Manifests:
    | readonly {
        readonly Name: string;
        readonly DeployTarget: {
          readonly Links: readonly { readonly URL: { readonly Scheme: string; readonly Opaque: string } }[] | null;
        };
      }[]
    | null;
  readonly EnabledManifests: readonly string[] | null;
}

async function evaluate(
  project: Project,
  tiltfile: string,
  ...args: readonly string[]
): Promise<{ result: Result | undefined; log: string; code: number | null }> {
  project.write('Tiltfile', tiltfile);
  const { stdout, stderr, code } = await project.run('alpha', 'tiltfile-result', '-v', ...args);
  return { result: code === 0 ? (JSON.parse(stdout) as Result) : undefined, log: stderr, code };
}

const some = "local_resource('a', cmd='true')\n";

test(
  '2: keywords that the documentation names and Tilt refuses',
  withProject({ x: 'text' }, async (t, project) => {
    for (const call of ["read_file(file_path='x')", "listdir(directory='.')", "blob(contents='x')"]) {
      t.regex((await evaluate(project, `${call}\n${some}`)).log, /unexpected keyword argument/, call);
    }
    t.is((await evaluate(project, `read_file(paths='x')\nlistdir(dir='.')\nblob(input='x')\n${some}`)).code, 0);
  }),
);

test(
  '4: exit with a text ends well, keeps what was defined, and logs the text with quotes',
  withProject({}, async (t, project) => {
    const { result, log } = await evaluate(project, `${some}exit('bye')\nfail('never')\n`);
    t.true(log.includes('"bye"\n'));
    t.deepEqual(result?.EnabledManifests, ['a']);
  }),
);

test(
  '7, 8, 9: a loaded function resolves against its caller; one execution for every way of loading; underscore names',
  withProject(
    {
      'lib/Tiltfile': "print('executed')\ndef read():\n  return str(read_file('data'))\n_hidden = 1\n",
      'lib/data': 'of lib',
      data: 'of main',
    },
    async (t, project) => {
      const { log } = await evaluate(
        project,
        `load('lib/Tiltfile', 'read')\ninclude('lib/Tiltfile')\nd = load_dynamic('lib/Tiltfile')\nprint(read(), d['_hidden'])\n${some}`,
      );
      t.true(log.includes('of main 1\n'), log);
      t.is(log.split('executed').length, 2);
      t.regex((await evaluate(project, `load('lib/Tiltfile', '_hidden')\n${some}`)).log, /_hidden/);
    },
  ),
);

test(
  '10: a link without a scheme keeps what stands before its colon as one',
  withProject({}, async (t, project) => {
    const { result } = await evaluate(
      project,
      "local_resource('a', cmd='true', links=['localhost:80', 'www.example.com'])\n",
    );
    t.deepEqual(
      result?.Manifests?.[0]?.DeployTarget.Links?.map(link => [link.URL.Scheme, link.URL.Opaque]),
      [
        ['localhost', '80'],
        ['http', ''],
      ],
    );
  }),
);

test(
  '13: os.environ writes reach later children, also those of resources',
  withProject(
    {
      Tiltfile:
        "os.environ['FROM_TILTFILE'] = 'yes'\nprint('local says', str(local('echo $FROM_TILTFILE', quiet=True)).strip())\nlocal_resource('a', cmd='echo resource says $FROM_TILTFILE')\n",
    },
    async (t, project) => {
      const { stdout } = await project.run('ci');
      t.true(stdout.includes('local says yes\n') && stdout.includes('a │ resource says yes\n'), stdout);
    },
  ),
);

test(
  '14: unset settings are not in the result, and `--flag false` leaves a positional',
  withProject({}, async (t, project) => {
    const tiltfile = `config.define_bool('b')\nconfig.define_string('s')\nconfig.define_string_list('l', args=True)\nprint('got', config.parse())\n${some}`;
    t.true(
      (await evaluate(project, tiltfile, '--', '--b', 'false')).log.includes('got {"b": True, "l": ["false"]}'),
      'one',
    );
    t.true((await evaluate(project, tiltfile, '--', '--b=false')).log.includes('got {"b": False}'), 'two');
  }),
);

test(
  '15: an empty list enables everything, only clear_enabled_resources nothing',
  withProject({}, async (t, project) => {
    t.deepEqual((await evaluate(project, `${some}config.set_enabled_resources([])\n`)).result?.EnabledManifests, ['a']);
    t.is((await evaluate(project, `${some}config.clear_enabled_resources()\n`)).result?.EnabledManifests, null);
  }),
);

function request(
  project: Project,
  method: string,
  url: string,
  body?: string,
): Promise<{ code: number; text: string }> {
  const token = fs.readFileSync(path.join(project.env['TILT_DEV_DIR']!, 'token'), 'utf8').trim();
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: '127.0.0.1', port: project.port, path: url, method, headers: { 'X-Tilt-Token': token } },
      response => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ code: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

test(
  '24, 25, 29, 44: triggers over HTTP, the page under set_tiltfile_args, a disabled dependency, arguments that break the Tiltfile',
  withProject(
    {
      Tiltfile: `config.define_string('x')\ncfg = config.parse()\n${some}local_resource('b', cmd='echo b ran', resource_deps=['dep'], auto_init=True)\nlocal_resource('dep', cmd='sleep 60', allow_parallel=True)\n`,
    },
    async (t, project) => {
      const tilt = project.start('up', '--stream');
      await tilt.waitFor('dep │ Running cmd');
      t.is((await project.run('disable', 'dep', 'a')).code, 0);
      await tilt.waitFor('Resource "a" disabled');
      const disabled = await request(project, 'POST', '/api/trigger', '{"manifest_names":["a"],"build_reason":16}');
      t.is(disabled.code, 200);
      t.regex(disabled.text, /resource "a" is currently disabled/);
      t.is((await request(project, 'POST', '/api/trigger', '{"manifest_names":["zz"],"build_reason":16}')).code, 404);
      t.is(
        (await request(project, 'POST', '/api/trigger', '{"manifest_names":["a","b"],"build_reason":16}')).code,
        400,
      );
      const page = await request(project, 'GET', '/api/set_tiltfile_args');
      t.is(page.code, 200);
      t.regex(page.text, /<html/i);
      await until('b waits', async () => /b +waits: waiting-for-dep dep/.test((await project.run('status')).stdout));
      t.false(tilt.output.includes('b ran'));
      t.is((await project.run('args', '--', '--nope')).code, 0);
      await tilt.waitFor('invalid Tiltfile config args: unknown flag: --nope');
      await tilt.stop();
    },
  ),
);

test(
  '26, 27, 28: filters of the stream: unknown words filter nothing, banners pass, update output is runtime',
  withProject(
    { Tiltfile: "local_resource('a', cmd='echo output of a')\nlocal_resource('b', cmd='echo output of b')\n" },
    async (t, project) => {
      t.true((await project.run('ci', '--log-level', 'zz', '--log-source', 'zz')).stdout.includes('a │ output of a'));
      const build = (await project.run('ci', '--log-source', 'build')).stdout;
      t.true(build.includes('a │ Initial Build') && !build.includes('output of a'), build);
      const runtime = (await project.run('ci', '--log-source', 'runtime')).stdout;
      t.true(runtime.includes('a │ Initial Build') && runtime.includes('output of a'), runtime);
      const level = (await project.run('ci', '--log-level', 'error')).stdout;
      t.true(level.includes('a │ Initial Build') && !level.includes('output of a'), level);
      const one = (await project.run('ci', '--log-resource', 'a')).stdout;
      t.true(one.includes('\nInitial Build\n') && one.includes('\noutput of a\n') && !one.includes('output of b'), one);
    },
  ),
);
