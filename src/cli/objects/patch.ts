// `tilt patch`: one change of objects, given as text.
import path from 'node:path';
import { nodeDisk } from '../../adapters/disk/node-disk.ts';
import { StatusError } from '../../api/status-error.ts';
import { applyJsonPatch, isSameJson, PatchError, type PatchOperation } from '../../domain/merge/json-patch.ts';
import { applyMergePatch } from '../../domain/merge/merge-patch.ts';
import { loadYamlLibrary } from '../../domain/yaml/library.ts';
import { readYaml } from '../../domain/yaml/read-yaml.ts';
import type { CommandRun } from '../command.ts';
import { connectObjects } from './connect.ts';
import { findObjects } from './find-objects.ts';
import { hasFiles, readManifests } from './manifests.ts';
import type { AnyObject, PatchKind } from './object-client.ts';
import { Failures, ObjectFailure, wrongUse } from './words.ts';
import { Reporter, readDryRun, writeModeOf } from './write-modes.ts';

const types: readonly PatchKind[] = ['json', 'merge', 'strategic'];

interface Patch {
  readonly type: PatchKind;
  /** JSON. */
  readonly text: string;
}

/** Carries the command out; resolves to the exit code. Throws ObjectFailure, StatusError, ClientError. */
export async function patchObjects(run: CommandRun): Promise<number> {
  const { flags, io } = run;
  const dryRun = readDryRun(run);
  const patch = await readPatch(run);
  const reporter = await Reporter.make(run, dryRun);
  const failures = new Failures();
  if (flags.bool('local')) return patchFiles(run, patch, reporter);
  const client = await connectObjects(run);
  const found = await findObjects(run, client, { command: 'patch', kindMeansAll: false, failures });
  for (const { info, object } of found) {
    try {
      const { name } = object.metadata;
      const mode = writeModeOf(dryRun, { fieldManager: 'kubectl-patch' });
      const patched = dryRun === 'client' ? patchHere(object, patch) : await client.patch(info, name, patch, mode);
      reporter.tell(patched, isUnchanged(object, patched) ? 'patched (no change)' : 'patched');
    } catch (error) {
      failures.add(asRefused(error));
    }
  }
  reporter.finish(false);
  return failures.tell(io);
}

async function readPatch({ flags, io }: CommandRun): Promise<Patch> {
  const given = flags.string('type').toLowerCase();
  const type = types.find(known => known === given);
  if (!type)
    throw wrongUse(`--type must be one of [json merge strategic], not ${JSON.stringify(flags.string('type'))}`);
  const file = flags.string('patch-file');
  const inline = flags.string('patch');
  if (file !== '' && inline !== '') throw wrongUse('cannot specify --patch and --patch-file together');
  if (file === '' && inline === '')
    throw wrongUse('must specify --patch or --patch-file containing the contents of the patch');
  const text = file === '' ? inline : readFile(path.resolve(io.cwd, file), file);
  return { type, text: await asJson(text) };
}

function readFile(full: string, shown: string): string {
  try {
    return nodeDisk.readFile(full).toString('utf8');
  } catch (error) {
    throw wrongUse(`unable to read patch file: ${(error as Error).message || shown}`);
  }
}

/** A patch may be written as YAML. What is no JSON although it begins like it is for the server to judge. */
async function asJson(text: string): Promise<string> {
  if (/^\s*[{[]/.test(text)) return text;
  await loadYamlLibrary();
  try {
    return JSON.stringify(readYaml(text));
  } catch (error) {
    throw wrongUse(`unable to parse ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
}

async function patchFiles(run: CommandRun, patch: Patch, reporter: Reporter): Promise<number> {
  if (!hasFiles(run)) throw wrongUse('one or more files must be specified as --filename when --local is set');
  const manifests = await readManifests(run);
  for (const { object } of manifests) reporter.tell(patchHere(object, patch), 'patched');
  reporter.finish(false);
  return 0;
}

/** The object as it would be. Lists of our kinds are replaced as a whole, so that a strategic patch merges like a plain one. */
function patchHere(object: AnyObject, { type, text }: Patch): AnyObject {
  try {
    const patch = JSON.parse(text) as unknown;
    if (type === 'json') return applyJsonPatch(object, patch as readonly PatchOperation[]) as AnyObject;
    return applyMergePatch(object, patch) as AnyObject;
  } catch (error) {
    if (error instanceof PatchError || error instanceof SyntaxError) throw wrongUse(error.message);
    throw error;
  }
}

function isUnchanged(before: AnyObject, after: AnyObject): boolean {
  return isSameJson(before, after);
}

/** A JSON patch that does not fit is refused without a kind or name; kubectl says so. */
function asRefused(error: unknown): unknown {
  if (!(error instanceof StatusError) || error.reason !== 'Invalid' || error.details.name) return error;
  if ((error.details.causes ?? []).length > 0) return error;
  return new ObjectFailure(`The request is invalid: ${error.message}`);
}
