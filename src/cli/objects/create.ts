// `tilt create -f`: new objects from files.
import type { CommandRun } from '../command.ts';
import { connectObjects } from './connect.ts';
import { editManifests } from './edit.ts';
import { matchesLabels } from './label-match.ts';
import { withLastApplied } from './last-applied.ts';
import { hasFiles, type Manifest, readManifests } from './manifests.ts';
import type { ObjectClient } from './object-client.ts';
import { Failures, wrongUse } from './words.ts';
import { Reporter, readDryRun, readValidation, writeModeOf } from './write-modes.ts';

/** Carries the command out; resolves to the exit code. Throws ObjectFailure, StatusError, ClientError. */
export async function createObjects(run: CommandRun): Promise<number> {
  const { io, flags } = run;
  if (!hasFiles(run)) {
    // Tilt's words and, as there, no failure.
    io.stderr.write('Error: must specify one of -f and -k\n\n');
    return 0;
  }
  const dryRun = readDryRun(run);
  const validation = readValidation(run);
  const reporter = await Reporter.make(run, dryRun);
  const client = await connectObjects(run);
  const isWanted = matchesLabels(flags.string('selector'));
  const failures = new Failures();
  const read = (await readManifests(run, failures)).filter(({ object }) => isWanted(object));
  if (read.length === 0 && failures.isEmpty) throw wrongUse('no objects passed to create');
  const manifests = flags.bool('edit') && read.length > 0 ? await editManifests(run, read) : read;
  for (const manifest of manifests) {
    const { object, source } = manifest;
    try {
      const whole = flags.bool('save-config') ? withLastApplied(object) : object;
      const mode = writeModeOf(dryRun, { fieldManager: 'kubectl-create', fieldValidation: validation });
      const made = dryRun === 'client' ? object : await create(client, { ...manifest, object: whole }, mode);
      reporter.tell(made, 'created');
    } catch (error) {
      failures.add(error, `error when creating ${JSON.stringify(source)}`);
    }
  }
  reporter.finish(false);
  return failures.tell(io);
}

function create(client: ObjectClient, { info, object }: Manifest, mode: Parameters<ObjectClient['create']>[2]) {
  return client.create(info, object, mode);
}
