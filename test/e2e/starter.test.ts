// `tilt up` in a folder without a Tiltfile, on a terminal (reference 1.5).
import path from 'node:path';
import test from 'ava';
import { PtyProgram } from '../support/pty.ts';
import type { Project } from '../support/tilt-process.ts';
import { withProject } from '../support/with-project.ts';

function open(project: Project): PtyProgram {
  return new PtyProgram({
    command: process.execPath,
    args: [path.resolve('dist/tilt.js'), 'up', '--stream', '--port', String(project.port)],
    cwd: project.dir,
    env: project.env,
  });
}

test(
  'y writes a Tiltfile that runs',
  withProject({}, async (t, project) => {
    const program = open(project);
    t.teardown(() => program.dispose());
    await program.waitForText('Create a starter Tiltfile? (y/n)');
    program.type('y');
    await program.waitForText('hello from the Tiltfile');
    t.regex(project.read('Tiltfile'), /^# A Tiltfile says what to run/);
    program.type('\x03');
    t.is((await program.exited).code, 0);
  }),
);

test(
  'n goes on without one, and runs it when it appears; Ctrl-C leaves',
  withProject({}, async (t, project) => {
    const program = open(project);
    t.teardown(() => program.dispose());
    await program.waitForText('Create a starter Tiltfile? (y/n)');
    program.type('xn');
    await program.waitForText('No Tiltfile found at paths');
    t.false(project.exists('Tiltfile'));
    project.write('Tiltfile', "local_resource('late', cmd='echo came late')\n");
    await program.waitForText('came late');
    program.type('\x03');
    t.is((await program.exited).code, 0);
    project.write('other/x', '');
    const second = new PtyProgram({
      command: process.execPath,
      args: [path.resolve('dist/tilt.js'), 'up', '--stream', '--port', String(project.port)],
      cwd: path.join(project.dir, 'other'),
      env: project.env,
    });
    t.teardown(() => second.dispose());
    await second.waitForText('Create a starter Tiltfile? (y/n)');
    second.type('\x03');
    t.is((await second.exited).code, 0);
    t.false(project.exists('other/Tiltfile'));
  }),
);
