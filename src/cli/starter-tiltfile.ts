// `tilt up` in a folder without a Tiltfile, on a terminal: offers to write one to start from (reference 1.5).
import { nodeDisk } from '../adapters/disk/node-disk.ts';
import { writeNewFile } from '../adapters/disk/write-new.ts';
import type { CliIo } from './command.ts';

const starter = `# A Tiltfile says what to run. It is a program in Starlark, a small relative of Python.
# Save it while tilt runs, and tilt does what changed.

# A command that runs once, and again when a file it depends on changes.
local_resource(
    'hello',
    cmd='echo "hello from the Tiltfile"',
    # deps=['src'],
)

# A server that keeps running. Dependents wait until its probe answers.
# local_resource(
#     'web',
#     serve_cmd='npm run dev',
#     readiness_probe=probe(http_get=http_get_action(port=3000)),
#     links=['http://localhost:3000'],
#     labels=['frontend'],
# )

# A check that runs when you ask for it: press r on its row.
# local_resource('test', cmd='npm test', trigger_mode=TRIGGER_MODE_MANUAL, auto_init=False, resource_deps=['web'])
`;

/**
 * Asks when there is no Tiltfile and somebody to ask. 'go' to go on (with the new file, or without one: it may appear
 * later), 'leave' when the answer was Ctrl-C or Ctrl-D.
 */
export async function offerStarter(io: CliIo, file: string): Promise<'go' | 'leave'> {
  if (nodeDisk.stat(file) || !io.stdin.isTTY || !io.stdout.isTTY) return 'go';
  io.stdout.write(`There is no Tiltfile at ${file}\n\nCreate a starter Tiltfile? (y/n) `);
  const answer = await readAnswer(io);
  io.stdout.write(`${answer === 'leave' ? '' : answer}\n`);
  if (answer === 'leave') return 'leave';
  if (answer === 'y') {
    writeNewFile(file, starter);
    io.stdout.write(`Wrote ${file}\n`);
  }
  return 'go';
}

/** The first key that is an answer. */
function readAnswer({ stdin }: CliIo): Promise<'y' | 'n' | 'leave'> {
  return new Promise(resolve => {
    stdin.setRawMode(true);
    stdin.resume();
    const take = (data: Buffer): void => {
      for (const key of data.toString('utf8')) {
        const answer = { y: 'y', Y: 'y', n: 'n', N: 'n', '\x03': 'leave', '\x04': 'leave' }[key] as
          | 'y'
          | 'n'
          | 'leave'
          | undefined;
        if (!answer) continue;
        stdin.off('data', take);
        stdin.setRawMode(false);
        stdin.pause();
        resolve(answer);
        return;
      }
    };
    stdin.on('data', take);
  });
}
