// `tilt edit`: objects in an editor; what was changed is sent.
import { editText } from '../../adapters/exec/editor.ts';
import { StatusError } from '../../api/status-error.ts';
import { writeCompactJson, writeJson } from '../../domain/json/write-json.ts';
import { isSameJson } from '../../domain/merge/json-patch.ts';
import { threeWayMergePatch } from '../../domain/merge/three-way.ts';
import { loadYamlLibrary } from '../../domain/yaml/library.ts';
import type { Plain } from '../../domain/yaml/plain.ts';
import { writeYaml } from '../../domain/yaml/write-yaml.ts';
import type { CliIo, CommandRun } from '../command.ts';
import { connectObjects } from './connect.ts';
import { type Found, findObjects } from './find-objects.ts';
import { keepCopy } from './kept-copy.ts';
import { withLastApplied } from './last-applied.ts';
import { type Manifest, parseManifests } from './manifests.ts';
import type { AnyObject, ObjectClient } from './object-client.ts';
import { withoutManagedFields } from './print/print-data.ts';
import { Failures, failureText, ObjectFailure, wrongUse } from './words.ts';
import { Reporter, readValidation } from './write-modes.ts';

const head = `# Edit the object below. Lines that begin with '#' are left out, and an empty
# file ends the command without a change. If the file cannot be saved, it is
# opened again with what is wrong.
#
`;

/** Carries the command out; resolves to the exit code. Throws ObjectFailure, StatusError, ClientError. */
export async function editObjects(run: CommandRun): Promise<number> {
  const { io } = run;
  const client = await connectObjects(run);
  const failures = new Failures();
  const reporter = await Reporter.make(run, 'none');
  const found = await findObjects(run, client, { command: 'edit', kindMeansAll: true, failures });
  if (!failures.isEmpty) return failures.tell(io);
  if (found.length === 0) throw wrongUse('edit cancelled, no objects found');
  await loadYamlLibrary();
  const session = new EditSession(run, client, reporter);
  await session.edit(found);
  reporter.finish(false);
  return 0;
}

/** Objects of files after a person has edited them (`create --edit`). Throws ObjectFailure. */
export async function editManifests(run: CommandRun, manifests: readonly Manifest[]): Promise<readonly Manifest[]> {
  const edited: Manifest[] = [];
  for (const manifest of manifests) {
    const before = head + textOf(run, manifest.object);
    const after = await openEditor(run, before);
    const [made] = parseManifests(withoutComments(after), manifest.source);
    if (!made) throw new ObjectFailure('Edit cancelled, saved file was empty.');
    edited.push({ ...made, source: manifest.source });
  }
  return edited;
}

function textOf({ flags }: CommandRun, object: AnyObject): string {
  const shown = flags.bool('show-managed-fields') ? object : withoutManagedFields(object);
  return flags.string('output') === 'json' ? writeJson(shown, '    ') : writeYaml(shown);
}

/** The editor's command line, as kubectl and Tilt look for it. */
function editorOf(io: CliIo): string {
  const { env } = io;
  return env['KUBE_EDITOR'] || env['TILT_EDITOR'] || env['EDITOR'] || 'vi';
}

async function openEditor({ io, flags }: CommandRun, text: string): Promise<string> {
  const editor = editorOf(io);
  const suffix = flags.string('output') === 'json' ? '.json' : '.yaml';
  const isWindows = flags.bool('windows-line-endings');
  const edited = await editText({ editor, text: isWindows ? text.replaceAll('\n', '\r\n') : text, suffix });
  if ('problem' in edited)
    throw wrongUse(`there was a problem with the editor ${JSON.stringify(editor)}: ${edited.problem}`);
  return edited.text.replaceAll('\r\n', '\n');
}

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter(line => !line.startsWith('#'))
    .join('\n');
}

class EditSession {
  readonly #run: CommandRun;
  readonly #client: ObjectClient;
  readonly #reporter: Reporter;

  constructor(run: CommandRun, client: ObjectClient, reporter: Reporter) {
    this.#run = run;
    this.#client = client;
    this.#reporter = reporter;
  }

  async edit(found: readonly Found[]): Promise<void> {
    const original = found.map(({ object }) => textOf(this.#run, object)).join('---\n');
    let shown = head + original;
    let lastTry: string | undefined;
    for (;;) {
      const edited = await openEditor(this.#run, shown);
      const text = withoutComments(edited);
      if (lastTry !== undefined && text.trim() === lastTry.trim()) throw this.#givenUp(edited);
      if (text.trim() === '') {
        this.#run.io.stderr.write('Edit cancelled, saved file was empty.\n');
        return;
      }
      if (text.trim() === withoutComments(original).trim()) {
        this.#run.io.stderr.write('Edit cancelled, no changes made.\n');
        return;
      }
      const problem = await this.#save(found, text);
      if (problem === undefined) return;
      lastTry = text;
      shown = head + commented(problem) + text;
    }
  }

  /** Sends what was changed; what is wrong, or undefined. */
  async #save(found: readonly Found[], text: string): Promise<string | undefined> {
    try {
      const manifests = parseManifests(text, 'the edited file');
      for (const manifest of manifests) await this.#send(found, manifest);
      return undefined;
    } catch (error) {
      if (error instanceof ObjectFailure || error instanceof StatusError) return failureText(error);
      throw error;
    }
  }

  async #send(found: readonly Found[], { info, object }: Manifest): Promise<void> {
    const { name } = object.metadata;
    const before = found.find(item => item.info === info && item.object.metadata.name === name)?.object;
    if (!before)
      throw wrongUse(`the kind and the name of an object cannot be changed: ${info.plural} ${JSON.stringify(name)}`);
    const original = this.#run.flags.bool('show-managed-fields') ? before : withoutManagedFields(before);
    const wanted = this.#run.flags.bool('save-config') ? withLastApplied(object) : object;
    const patch = threeWayMergePatch(original, wanted, original);
    if (isSameJson(patch, {})) {
      this.#reporter.tell(before, 'skipped');
      return;
    }
    const text = writeCompactJson(patch as Plain);
    if (this.#run.flags.bool('output-patch')) this.#run.io.stdout.write(`Patch: ${text}\n`);
    const mode = {
      fieldManager: this.#run.flags.string('field-manager'),
      fieldValidation: readValidation(this.#run),
    };
    this.#reporter.tell(await this.#client.patch(info, name, { type: 'merge', text }, mode), 'edited');
  }

  /** Saved twice with the same mistake: the text is kept, and nothing was changed. */
  #givenUp(text: string): ObjectFailure {
    const file = keepCopy(this.#run.io, text);
    return new ObjectFailure(
      `A copy of your changes has been stored to ${JSON.stringify(file)}\nerror: Edit cancelled, no valid changes were saved.`,
    );
  }
}

function commented(problem: string): string {
  return `${problem
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n')}\n#\n`;
}
