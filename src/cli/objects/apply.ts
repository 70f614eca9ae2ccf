// `tilt apply`: objects become as files say. On this side by a three-way merge with what was applied last, or by the
// server (`--server-side`).
import { findKind, type KindInfo } from '../../api/scheme.ts';
import { StatusError } from '../../api/status-error.ts';
import { writeCompactJson } from '../../domain/json/write-json.ts';
import { applyMergePatch } from '../../domain/merge/merge-patch.ts';
import { threeWayMergePatch } from '../../domain/merge/three-way.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import { CommandFailed, type CommandRun } from '../command.ts';
import { connectObjects } from './connect.ts';
import { matchesLabels } from './label-match.ts';
import { lastApplied, lastAppliedAnnotation, withLastApplied } from './last-applied.ts';
import { hasFiles, type Manifest, readManifests } from './manifests.ts';
import type { AnyObject, ObjectClient, WriteMode } from './object-client.ts';
import { isMissing } from './selection.ts';
import { Failures, ObjectFailure, wrongUse } from './words.ts';
import { type DryRun, Reporter, readDryRun, readValidation, writeModeOf } from './write-modes.ts';

/** Carries the command out; resolves to the exit code. Throws ObjectFailure, StatusError, ClientError. */
export async function applyObjects(run: CommandRun): Promise<number> {
  const { io, flags } = run;
  if (!hasFiles(run)) throw new CommandFailed('must specify one of -f and -k');
  const isServerSide = flags.bool('server-side');
  const selector = flags.string('selector');
  const prunes = flags.bool('prune');
  const dryRun = readDryRun(run);
  if (isServerSide && dryRun === 'client')
    throw wrongUse(`--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)`);
  if (flags.bool('force-conflicts') && !isServerSide) throw wrongUse('--force-conflicts only works with --server-side');
  if (prunes && selector === '' && !flags.bool('all')) throw pruneNeedsSelection();
  const apply: Apply = {
    run,
    client: await connectObjects(run),
    dryRun,
    reporter: await Reporter.make(run, dryRun),
    mode: writeModeOf(dryRun, modeOf(run, isServerSide)),
  };
  const isWanted = matchesLabels(selector);
  const failures = new Failures();
  const manifests = (await readManifests(run, failures)).filter(({ object }) => isWanted(object));
  if (manifests.length === 0 && failures.isEmpty) throw wrongUse('no objects passed to apply');
  // What a file that cannot be read names is not known to be gone.
  const isWhole = failures.isEmpty;
  for (const manifest of manifests) {
    try {
      await (isServerSide ? applyOnServer(apply, manifest) : applyHere(apply, manifest));
    } catch (error) {
      failures.add(asConflict(error));
    }
  }
  if (prunes && isWhole) await prune(apply, manifests, isWanted);
  apply.reporter.finish(true);
  return failures.tell(io);
}

interface Apply {
  readonly run: CommandRun;
  readonly client: ObjectClient;
  readonly dryRun: DryRun;
  readonly reporter: Reporter;
  readonly mode: WriteMode;
}

function modeOf(run: CommandRun, isServerSide: boolean): WriteMode {
  const { flags } = run;
  const given = flags.string('field-manager');
  const subresource = flags.string('subresource');
  return {
    fieldManager: isServerSide && !flags.has('field-manager') ? 'kubectl' : given,
    fieldValidation: readValidation(run),
    ...(subresource ? { subresource } : {}),
    ...(flags.bool('force-conflicts') ? { force: true } : {}),
  };
}

async function applyOnServer({ client, mode, reporter }: Apply, { info, object }: Manifest): Promise<void> {
  const patch = { type: 'apply', text: JSON.stringify(object) } as const;
  reporter.tell(await client.patch(info, object.metadata.name, patch, mode), 'serverside-applied');
}

async function applyHere(apply: Apply, manifest: Manifest): Promise<void> {
  const { client, mode, reporter } = apply;
  const { info, source } = manifest;
  const { name } = manifest.object.metadata;
  const wanted = withLastApplied(manifest.object);
  const current = await findCurrent(client, manifest);
  if (!current) {
    const made =
      apply.dryRun === 'client'
        ? wanted
        : await doing(`error when creating ${JSON.stringify(source)}`, client.create(info, wanted, mode));
    reporter.tell(made, 'created');
    return;
  }
  const before = lastApplied(current);
  if (!before) warnOfMissingAnnotation(apply, `${info.plural}/${name}`);
  const patch = threeWayMergePatch(before, wanted, current);
  if (Object.keys(patch).length === 0) {
    reporter.tell(current, 'unchanged');
    return;
  }
  if (apply.dryRun === 'client') {
    reporter.tell(applyMergePatch(current, patch) as AnyObject, 'configured');
    return;
  }
  reporter.tell(await send(apply, manifest, patch), 'configured');
}

async function send(
  { client, run, mode }: Apply,
  { info, object, source }: Manifest,
  patch: object,
): Promise<AnyObject> {
  const { name } = object.metadata;
  const text = writeCompactJson(patch as Plain);
  try {
    return await client.patch(info, name, { type: 'merge', text }, mode);
  } catch (error) {
    const isStuck = error instanceof StatusError && (error.reason === 'Invalid' || error.reason === 'Conflict');
    if (!isStuck || !run.flags.bool('force'))
      throw prefixed(
        error,
        `error when applying patch:\n${text}\nto:\n${info.plural}/${name}\nfor: ${JSON.stringify(source)}`,
      );
    // Deleted and made anew, as --force says.
    await client.delete(info, name, {}, mode);
    return client.create(info, withLastApplied(object), mode);
  }
}

async function findCurrent(client: ObjectClient, { info, object }: Manifest): Promise<AnyObject | undefined> {
  try {
    return await client.get(info, object.metadata.name);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function doing<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw prefixed(error, what);
  }
}

/** The error with what was tried in front, unless its words stand alone. */
function prefixed(error: unknown, what: string): unknown {
  if (!(error instanceof StatusError) || error.reason === 'Invalid') return error;
  return new StatusError(error.reason, `${what}: ${error.message}`, error.details);
}

/** Others own fields that were to be applied: what to do about it. */
function asConflict(error: unknown): unknown {
  if (!(error instanceof StatusError) || error.reason !== 'Conflict' || !error.message.startsWith('Apply failed'))
    return error;
  return new ObjectFailure(`error: ${error.message}
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`);
}

function warnOfMissingAnnotation({ run }: Apply, object: string): void {
  run.io.stderr.write(
    `Warning: resource ${object} is missing the ${lastAppliedAnnotation} annotation which is required by tilt apply. tilt apply should only be used on resources created declaratively by either tilt create --save-config or tilt apply. The missing annotation will be patched automatically.\n`,
  );
}

function pruneNeedsSelection(): ObjectFailure {
  return wrongUse(
    'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
  );
}

/** Deletes what was applied once, is selected, and is in no file any more; only kinds that the list allows. */
async function prune(
  apply: Apply,
  manifests: readonly Manifest[],
  isWanted: (object: AnyObject) => boolean,
): Promise<void> {
  const kept = new Set(manifests.map(({ info, object }) => `${info.plural}/${object.metadata.name}`));
  for (const info of allowedKinds(apply.run.flags.list('prune-allowlist'))) {
    for (const object of await apply.client.list(info)) {
      const { name } = object.metadata;
      if (kept.has(`${info.plural}/${name}`) || !lastApplied(object) || !isWanted(object)) continue;
      if (apply.dryRun !== 'client') await apply.client.delete(info, name, {}, writeModeOf(apply.dryRun));
      apply.reporter.tell(object, 'pruned');
    }
  }
}

function allowedKinds(words: readonly string[]): readonly KindInfo[] {
  return words.map(word => {
    const [group, version, kind, ...more] = word.split('/');
    if (kind === undefined || more.length > 0)
      throw wrongUse(`invalid GroupVersionKind format: ${word}, please follow <group/version/kind>`);
    const info = group === 'tilt.dev' && version === 'v1alpha1' ? findKind(kind) : undefined;
    if (!info)
      throw wrongUse(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(`${group}/${version}`)}`);
    return info;
  });
}
