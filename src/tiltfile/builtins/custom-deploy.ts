// k8s_custom_deploy (reference 2.5).
import type { CommandSpec } from '../../api/kinds-internal.ts';
import type { IgnoreDef } from '../../api/shared-types.ts';
import { type ImageRef, parseImageRef } from '../../domain/images/image-ref.ts';
import { jsString, None, type Thread, typeOf, type Value } from '../../starlark/index.ts';
import { commandOf } from '../commands.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf } from '../evaluation.ts';
import { addImageDep, makeKubernetesResource } from '../kube-assembly.ts';
import { liveUpdateOf } from '../live-update.ts';
import { localPaths, stringMap } from '../parameters.ts';
import type { LiveUpdateSpec } from '../result.ts';
import { imageList } from './images.ts';

function deployCommand(
  thread: Thread,
  what: 'apply_cmd' | 'delete_cmd',
  given: { readonly command: Value; readonly dir: Value | undefined; readonly env: Record<string, string> },
): CommandSpec {
  let command: CommandSpec | undefined;
  try {
    command = commandOf(thread, given.command, given);
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`);
  }
  if (!command) throw new Error(`k8s_custom_deploy: ${what} cannot be empty`);
  return command;
}

/** What a live update takes over is no reason to deploy again. */
function deployIgnores(spec: LiveUpdateSpec | undefined): IgnoreDef[] {
  const patterns = [...(spec?.syncs ?? []).map(sync => sync.localPath), ...(spec?.stopPaths ?? [])];
  return spec && patterns.length > 0 ? [{ basePath: spec.basePath, patterns }] : [];
}

function selectorRef(text: string): ImageRef {
  try {
    return parseImageRef(text);
  } catch (error) {
    throw new Error(`can't parse ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
}

interface Selectors {
  readonly name: string;
  readonly image: string;
  readonly container: string;
}

/** The image that stands for the running containers; exactly one selector says which. */
function liveUpdateRef({ name, image, container }: Selectors): ImageRef {
  const byImage = image === '' ? undefined : selectorRef(image);
  const byContainer = container === '' ? undefined : selectorRef(`k8s_custom_deploy:${name}`);
  const ref = byContainer ?? byImage;
  if (!ref) throw new Error('k8s_custom_deploy: no Live Update selector specified');
  if (byImage && byContainer) throw new Error('k8s_custom_deploy: cannot specify more than one Live Update selector');
  return ref;
}

function deployName(value: Value): string {
  if (typeof value !== 'string') throw new Error(`got ${typeOf(value)}, want string`);
  if (value === '') throw new Error('invalid value "": a resource needs a name');
  return jsString(value);
}

const customDeploy = defineBuiltin(
  'k8s_custom_deploy',
  [
    { name: 'name', unpack: deployName },
    { name: 'apply_cmd' },
    { name: 'delete_cmd' },
    { name: 'deps', unpack: localPaths },
    { name: 'image_selector', type: 'string', default: '' },
    { name: 'live_update', optional: true },
    { name: 'apply_dir', optional: true },
    { name: 'apply_env', unpack: stringMap, default: {} as Record<string, string> },
    { name: 'apply_cmd_bat', optional: true },
    { name: 'delete_dir', optional: true },
    { name: 'delete_env', unpack: stringMap, default: {} as Record<string, string> },
    { name: 'delete_cmd_bat', optional: true },
    { name: 'container_selector', type: 'string', default: '' },
    { name: 'image_deps', unpack: imageList, default: [] as ImageRef[] },
  ],
  (thread, args) => {
    const evaluation = evaluationOf(thread);
    const applyCmd = deployCommand(thread, 'apply_cmd', {
      command: args.apply_cmd,
      dir: args.apply_dir,
      env: args.apply_env,
    });
    const deleteCmd = deployCommand(thread, 'delete_cmd', {
      command: args.delete_cmd,
      dir: args.delete_dir,
      env: args.delete_env,
    });
    const liveUpdate = liveUpdateOf(thread, args.live_update);
    const resource = makeResource(thread, args.name);
    resource.customDeploy = { applyCmd, deleteCmd, deps: args.deps, ignores: deployIgnores(liveUpdate) };
    for (const ref of args.image_deps) addImageDep(resource, ref, true);
    if (!liveUpdate) return None;
    const { container_selector: container, image_selector: image } = args;
    const ref = liveUpdateRef({ name: args.name, image, container });
    const selector = container === '' ? {} : { selector: { kubernetes: { containerName: container } } };
    addImageDep(resource, ref, false);
    evaluation.deployment.images.add({
      ref,
      imageMap: {},
      ignores: [],
      only: [],
      liveUpdate: { ...liveUpdate, ...selector },
      tiltfilePath: evaluation.currentFile,
      build: {
        kind: 'custom',
        // `:` marks an image that is never built, only updated in place.
        command: { args: ['sh', '-c', ':'], dir: '', env: [] },
        deps: args.deps,
        tag: '',
        imageDeps: [],
        disablePush: true,
        skipsLocalDocker: true,
        outputsImageRefTo: '',
      },
    });
    return None;
  },
);

function makeResource(thread: Thread, name: string) {
  try {
    return makeKubernetesResource(evaluationOf(thread), name);
  } catch (error) {
    throw new Error(`error making resource for ${name}: ${(error as Error).message}`);
  }
}

/** Names of this topic. */
export function customDeployBuiltins(): Record<string, Value> {
  return { k8s_custom_deploy: customDeploy };
}
