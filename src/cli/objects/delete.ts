// `tilt delete`: objects go, and the command waits until they are gone.

import { group } from '../../api/meta.ts';
import { systemClock } from '../../base/clock.ts';
import type { Selection } from '../../client/api-client.ts';
import type { PlainMap } from '../../domain/yaml/plain.ts';
import { CommandFailed, type CommandRun } from '../command.ts';
import { askYesNo } from './ask.ts';
import { connectObjects } from './connect.ts';
import { type Found, findObjects } from './find-objects.ts';
import { hasFiles } from './manifests.ts';
import type { ObjectClient } from './object-client.ts';
import { printName } from './print/print-name.ts';
import { isMissing, selectionOf } from './selection.ts';
import { waitUntilGone } from './wait-gone.ts';
import { Failures, ObjectFailure, wrongUse } from './words.ts';
import { type DryRun, readDryRun, writeModeOf } from './write-modes.ts';

/** Carries the command out; resolves to the exit code. Throws ObjectFailure, StatusError, ClientError. */
export async function deleteObjects(run: CommandRun): Promise<number> {
  const { flags, io } = run;
  const dryRun = readDryRun(run);
  const output = flags.string('output');
  if (output !== '' && output !== 'name')
    throw wrongUse(`unexpected -o output mode: ${output}. We only support '-o name'`);
  const client = await connectObjects(run);
  if (flags.string('raw') !== '') return deleteRaw(run, client);
  const selection = selectionOf(run);
  checkSelection(run, selection);
  if (flags.bool('force')) run.io.stderr.write(forceWarning);
  const failures = new Failures();
  const found = await findObjects(run, client, {
    command: 'delete',
    doing: 'error when deleting',
    kindMeansAll: false,
    ignoreNotFound: flags.bool('ignore-not-found') || (flags.bool('all') && run.positionals.length < 2),
    failures,
    selection,
    all: flags.bool('all'),
  });
  if (flags.bool('interactive') && found.length > 0 && !(await confirm(run, found))) {
    io.stdout.write('deletion is cancelled\n');
    return 0;
  }
  const deleted = await deleteFound(run, client, { found, dryRun, failures });
  if (found.length === 0 && failures.isEmpty && !flags.bool('ignore-not-found'))
    io.stdout.write('No resources found\n');
  if (flags.bool('wait') && dryRun === 'none') await waitForAll(run, client, deleted);
  return failures.tell(io);
}

const forceWarning =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';

function checkSelection(run: CommandRun, { labelSelector = '', fieldSelector = '' }: Selection): void {
  const { flags } = run;
  const hasSelector = labelSelector !== '' || fieldSelector !== '';
  if (flags.bool('all') && hasSelector) throw wrongUse("setting 'all' parameter but found a non empty selector. ");
  if (flags.bool('all') && hasFiles(run)) throw wrongUse('cannot set --all and --filename at the same time');
  if (flags.bool('now') && flags.int('grace-period') >= 0 && flags.has('grace-period'))
    throw wrongUse('--now and --grace-period cannot be specified together');
}

async function deleteRaw({ flags, io, positionals }: CommandRun, client: ObjectClient): Promise<number> {
  if (positionals.length > 0 || flags.list('filename').length > 0)
    throw wrongUse('arguments may not be passed when --raw is specified');
  io.stdout.write(`${await client.raw('DELETE', flags.string('raw'))}`);
  return 0;
}

async function confirm(run: CommandRun, found: readonly Found[]): Promise<boolean> {
  const lines = found.map(({ object }) => printName(object)).join('');
  run.io.stdout.write(`You are about to delete the following ${found.length} resource(s):\n${lines}`);
  return askYesNo(run.io, 'Do you want to continue? (y/N): ');
}

interface Deletion {
  readonly found: readonly Found[];
  readonly dryRun: DryRun;
  readonly failures: Failures;
}

async function deleteFound(
  run: CommandRun,
  client: ObjectClient,
  { found, dryRun, failures }: Deletion,
): Promise<readonly Found[]> {
  const deleted: Found[] = [];
  const seconds = graceSeconds(run);
  const options: PlainMap = {
    propagationPolicy: propagationOf(run),
    ...(seconds === undefined ? {} : { gracePeriodSeconds: seconds }),
  };
  for (const item of found) {
    const { info, object, source } = item;
    try {
      if (dryRun !== 'client') await client.delete(info, object.metadata.name, options, writeModeOf(dryRun));
      deleted.push(item);
      say(run, item, dryRun);
    } catch (error) {
      if (!(run.flags.bool('ignore-not-found') && isMissing(error)))
        failures.add(error, source ? `error when deleting ${JSON.stringify(source)}` : '');
    }
  }
  return deleted;
}

function graceSeconds({ flags }: CommandRun): number | undefined {
  if (flags.bool('now')) return 1;
  if (flags.bool('force')) return 0;
  const given = flags.int('grace-period');
  return given < 0 ? undefined : given;
}

function propagationOf({ flags }: CommandRun): string {
  const words: Readonly<Record<string, string>> = {
    background: 'Background',
    true: 'Background',
    foreground: 'Foreground',
    orphan: 'Orphan',
    false: 'Orphan',
  };
  const given = flags.string('cascade');
  if (Object.hasOwn(words, given)) return words[given]!;
  throw new CommandFailed(`invalid cascade value (${given}). Must be "background", "foreground", or "orphan"`);
}

function say({ flags, io }: CommandRun, { info, object }: Found, dryRun: DryRun): void {
  if (flags.string('output') === 'name') {
    io.stdout.write(printName({ ...object, kind: info.kind }));
    return;
  }
  const deed = flags.bool('force') ? 'force deleted' : 'deleted';
  const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
  io.stdout.write(`${info.singular}.${group} "${object.metadata.name}" ${deed}${suffix}\n`);
}

async function waitForAll({ flags }: CommandRun, client: ObjectClient, deleted: readonly Found[]): Promise<void> {
  const timeoutMs = flags.durationMs('timeout');
  const deadlineMs = timeoutMs > 0 ? systemClock.now() + timeoutMs : undefined;
  for (const { info, object } of deleted) {
    const { name, uid } = object.metadata;
    const isGone = await waitUntilGone(client, { info, name, uid: String(uid ?? ''), deadlineMs });
    if (!isGone) throw new ObjectFailure(`error: timed out waiting for the condition on ${info.plural}/${name}`);
  }
}
