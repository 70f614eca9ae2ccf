// k8s_*, filter_yaml, port_forward, workload_to_resource_function and contexts (reference 2.5).
import { formatPlace } from '../../base/diagnostics.ts';
import { parseJsonPath } from '../../domain/json/json-path.ts';
import { labelsOf } from '../../domain/kubernetes/entity.ts';
import type { ImageLocator } from '../../domain/kubernetes/object-images.ts';
import { matchesSelector, type ObjectSelector, partialSelector } from '../../domain/kubernetes/object-selector.ts';
import {
  builtin,
  Dict,
  formatCallStack,
  jsString,
  List,
  None,
  reprOf,
  StarlarkFunction,
  StarlarkObject,
  starlarkString,
  type Thread,
  Tuple,
  typeOf,
  type Value,
} from '../../starlark/index.ts';
import { Blob, textOfValue } from '../blob.ts';
import { defineBuiltin } from '../define-builtin.ts';
import type { KindInfo, PodReadiness } from '../deployment-state.ts';
import { type Evaluation, evaluationOf } from '../evaluation.ts';
import { goTypeName } from '../go-types.ts';
import { blobOfEntities, entitiesOfValue } from '../kube-yaml.ts';
import { boolOrNone, labels, links, objectName, stringMap, stringSequence, valueOrSequence } from '../parameters.ts';
import { PortForwardValue, portForwards } from '../port-forwards.ts';
import { triggerModeOf } from './local-resource.ts';

const k8sYaml = defineBuiltin(
  'k8s_yaml',
  [{ name: 'yaml' }, { name: 'allow_duplicates', type: 'bool', default: false }],
  (thread, args) => {
    const { deployment } = evaluationOf(thread);
    const values = valueOrSequence(args.yaml);
    const empty = new Error('Empty YAML passed to k8s_yaml');
    if (values.length === 0) throw empty;
    const entities = entitiesOfValue(thread, args.yaml);
    if (entities.length === 0 && (typeof values[0] !== 'string' || values[0] === '')) throw empty;
    const stack = formatCallStack(thread.callStack());
    for (const entity of entities) {
      const address = [entity.name, entity.namespace, entity.kind, entity.apiVersion].join('\0');
      const before = deployment.registered.get(address);
      if (before !== undefined && !args.allow_duplicates) {
        const place = entity.namespace === '' ? '' : ` (Namespace: ${entity.namespace})`;
        throw new Error(
          `Duplicate YAML: ${entity.kind} ${entity.name}${place}\nIgnore this error with k8s_yaml(..., allow_duplicates=True)\nYAML originally registered at: ${before.split('\n').join('\n  ')}`,
        );
      }
      deployment.registered.set(address, stack);
    }
    deployment.unresourced.push(...entities);
    return None;
  },
);

const filterYaml = defineBuiltin(
  'filter_yaml',
  [
    { name: 'yaml' },
    { name: 'labels', unpack: stringMap, default: {} as Record<string, string> },
    { name: 'name', type: 'string', default: '' },
    { name: 'namespace', type: 'string', default: '' },
    { name: 'kind', type: 'string', default: '' },
    { name: 'api_version', type: 'string', default: '' },
  ],
  (thread, args) => {
    const entities = entitiesOfValue(thread, args.yaml);
    const selector = partialSelector(args.api_version, args.kind, args.name, args.namespace);
    const wanted = Object.entries(args.labels);
    const matching = entities.filter(
      entity => matchesSelector(selector, entity) && wanted.every(([key, value]) => labelsOf(entity)[key] === value),
    );
    const chosen = new Set(matching);
    const bySelector = entities.filter(entity => !matchesSelector(selector, entity));
    const byLabels = entities.filter(entity => matchesSelector(selector, entity) && !chosen.has(entity));
    const source = args.yaml instanceof Blob ? args.yaml.source : 'filter_yaml';
    return new Tuple([blobOfEntities(matching, source), blobOfEntities([...bySelector, ...byLabels], source)]);
  },
);

function podReadiness(value: Value): PodReadiness {
  const text = textOfValue(value);
  if (text === undefined) throw new Error(`Must be a string. Got: ${typeOf(value)}`);
  if (text === '' || text === 'wait' || text === 'ignore' || text === 'succeeded') return text;
  throw new Error(`Invalid value. Allowed: {ignore, wait}. Got: ${jsString(text)}`);
}

function discoveryStrategy(value: Value): string {
  const text = textOfValue(value);
  if (text === undefined) throw new Error(`Must be a string. Got: ${typeOf(value)}`);
  if (text === '' || text === 'default' || text === 'selectors-only') return text;
  throw new Error('Invalid. Must be one of: "default", "selectors-only"');
}

function sequence(value: Value): Value {
  if (value instanceof StarlarkObject && value.iterate && value.length) return value;
  throw new Error(`got ${typeOf(value)}, want starlark.Sequence`);
}

function strings(name: string, value: Value | undefined): string[] {
  if (value === undefined) return [];
  try {
    return stringSequence(value);
  } catch (error) {
    throw new Error(`k8s_resource: ${name}: ${(error as Error).message}`);
  }
}

function podSelectors(value: Value | undefined): Record<string, string>[] {
  if (value === undefined) return [];
  if (value instanceof Dict) return [labelSet(value)].filter(isFilled);
  if (!(value instanceof List)) throw new Error(`pod labels must be a dict or a list; got ${goTypeName(value)}`);
  return value.elems
    .map(item => {
      if (item instanceof Dict) return labelSet(item);
      throw new Error(`pod labels elements must be dicts; got ${goTypeName(item)}`);
    })
    .filter(isFilled);
}

function isFilled(set: Readonly<Record<string, string>>): boolean {
  return Object.keys(set).length > 0;
}

function labelSet(dict: Dict): Record<string, string> {
  const set: Record<string, string> = {};
  for (const [key, value] of dict.items()) {
    for (const [what, item] of [
      ['keys', key],
      ['values', value],
    ] as const) {
      if (typeof item !== 'string')
        throw new Error(
          `pod label ${what} must be strings; got '${jsString(reprOf(item))}' of type ${goTypeName(item)}`,
        );
    }
    set[jsString(key as string)] = jsString(value as string);
  }
  return set;
}

const k8sResource = defineBuiltin(
  'k8s_resource',
  [
    { name: 'workload', unpack: objectName, default: '' },
    { name: 'new_name', unpack: objectName, default: '' },
    { name: 'port_forwards', optional: true },
    { name: 'extra_pod_selectors', optional: true },
    { name: 'trigger_mode', unpack: triggerModeOf, optional: true },
    { name: 'resource_deps', unpack: sequence, optional: true },
    { name: 'objects', unpack: sequence, optional: true },
    { name: 'auto_init', unpack: boolOrNone, optional: true },
    { name: 'pod_readiness', unpack: podReadiness, default: '' as PodReadiness },
    { name: 'links', unpack: links, default: [] },
    { name: 'labels', unpack: labels, default: {} as Record<string, string> },
    { name: 'discovery_strategy', unpack: discoveryStrategy, default: '' },
  ],
  (thread, args) => {
    const isManuallyGrouped = args.workload === '';
    const workload = args.workload || args.new_name;
    if (workload === '') {
      throw new Error(
        'Resource name missing. Must give a name for an existing resource or a new_name to create a new resource.',
      );
    }
    const forwards = naming(`k8s_resource ${JSON.stringify(workload)}`, () => portForwards(args.port_forwards));
    const extraPodSelectors = podSelectors(args.extra_pod_selectors);
    const resourceDeps = strings('resource_deps', args.resource_deps);
    const objects = strings('resource_deps', args.objects);
    if (isManuallyGrouped && objects.length === 0) {
      throw new Error(
        "k8s_resource doesn't specify a workload or any objects. All non-workload resources must specify 1 or more objects",
      );
    }
    evaluationOf(thread).deployment.options.push({
      workload,
      newName: args.new_name,
      portForwards: forwards,
      extraPodSelectors,
      triggerMode: args.trigger_mode,
      autoInit: args.auto_init,
      at: formatPlace(thread.callFrame(1).position),
      resourceDeps,
      objects,
      isManuallyGrouped,
      podReadiness: args.pod_readiness,
      discoveryStrategy: args.discovery_strategy,
      links: args.links,
      labels: args.labels,
    });
    return None;
  },
);

function naming<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`);
  }
}

const portForward = defineBuiltin(
  'port_forward',
  [
    { name: 'local_port', type: 'int' },
    { name: 'container_port', type: 'int', default: 0 },
    { name: 'name', type: 'string', default: '' },
    { name: 'link_path', type: 'string', default: '' },
    { name: 'host', type: 'string', default: '' },
  ],
  (_thread, args) => {
    const bad = /%(?![0-9a-fA-F]{2})(.{0,2})/.exec(args.link_path);
    if (bad) {
      const shown = JSON.stringify(`%${bad[1]}`);
      throw new Error(`parsing \`path\` param: parse ${JSON.stringify(args.link_path)}: invalid URL escape ${shown}`);
    }
    return new PortForwardValue({
      localPort: args.local_port,
      containerPort: args.container_port,
      name: args.name,
      path: args.link_path.replace(/^\//, ''),
      host: args.host,
    });
  },
);

/** Paths of image_json_path: one or several. */
function jsonPaths(value: Value): string[] {
  return valueOrSequence(value).map(item => {
    if (typeof item === 'string') return jsString(item);
    throw new Error(`Expected string, got: ${jsString(reprOf(item))}`);
  });
}

const imageObjectForm = "{'json_path': str, 'repo_field': str, 'tag_field': str}";
const imageObjectKeys = ['json_path', 'repo_field', 'tag_field'];

function imageObject(value: Value): Readonly<Record<string, string>> {
  if (!(value instanceof Dict))
    throw new Error(`Expected dict of the form ${imageObjectForm}. Actual: ${jsString(reprOf(value))}`);
  const found: Record<string, string> = {};
  const refuse = (why: string): Error => new Error(`Expected dict of the form ${imageObjectForm}: ${why}`);
  for (const [key, item] of value.items()) {
    const name = typeof key === 'string' ? jsString(key) : '';
    if (!imageObjectKeys.includes(name)) throw refuse(`Unexpected key: ${jsString(reprOf(key))}`);
    if (typeof item !== 'string') throw refuse(`Expected string at key ${jsString(reprOf(key))}. Got: ${typeOf(item)}`);
    found[name] = jsString(item);
  }
  if (Object.keys(found).length < imageObjectKeys.length)
    throw refuse(
      `Missing keys. Actual keys: [${value
        .items()
        .map(([key]) => jsString(reprOf(key)))
        .join(' ')}]`,
    );
  return found;
}

function kindInfo(evaluation: Evaluation, selector: ObjectSelector): KindInfo {
  const { kinds } = evaluation.deployment;
  const known = kinds.find(info => JSON.stringify(info.selector) === JSON.stringify(selector));
  if (known) return known;
  const info: KindInfo = { selector, locators: [], podReadiness: '' };
  kinds.push(info);
  return info;
}

function locator(selector: ObjectSelector, path: string): ImageLocator {
  return { selector, path: parseJsonPath(path) };
}

const k8sKindParameters = [
  { name: 'kind', type: 'string' },
  { name: 'image_json_path', unpack: jsonPaths, default: [] as string[] },
  { name: 'api_version', type: 'string', default: '' },
  { name: 'image_object', unpack: imageObject, optional: true },
  { name: 'pod_readiness', unpack: podReadiness, default: '' as PodReadiness },
] as const;

const k8sKind = defineBuiltin('k8s_kind', k8sKindParameters, (thread, args) => {
  const selector = partialSelector(args.api_version, args.kind);
  const object = args.image_object;
  if (args.image_json_path.length > 0 && object)
    throw new Error('Cannot specify both image_json_path and image_object');
  const info = kindInfo(evaluationOf(thread), selector);
  if (args.image_json_path.length > 0) info.locators = args.image_json_path.map(path => locator(selector, path));
  if (object) {
    const fields = { repoField: object['repo_field']!, tagField: object['tag_field']! };
    info.locators = [{ ...locator(selector, object['json_path']!), object: fields }];
  }
  if (args.pod_readiness !== '') info.podReadiness = args.pod_readiness;
  return None;
});

const k8sImageJsonPath = defineBuiltin(
  'k8s_image_json_path',
  [
    { name: 'paths', unpack: jsonPaths },
    { name: 'api_version', type: 'string', default: '' },
    { name: 'kind', type: 'string', default: '' },
    { name: 'name', type: 'string', default: '' },
    { name: 'namespace', type: 'string', default: '' },
  ],
  (thread, args) => {
    if (args.kind === '' && args.name === '' && args.namespace === '')
      throw new Error('at least one of kind, name, or namespace must be specified');
    const selector = partialSelector(args.api_version, args.kind, args.name, args.namespace);
    const locators = args.paths.map(path => locator(selector, path));
    kindInfo(evaluationOf(thread), selector).locators = locators;
    return None;
  },
);

function starlarkFunction(value: Value): StarlarkFunction {
  if (value instanceof StarlarkFunction) return value;
  throw new Error(`got ${typeOf(value)}, want function`);
}

const workloadToResourceFunction = defineBuiltin(
  'workload_to_resource_function',
  [{ name: 'func', unpack: starlarkFunction }],
  (thread, { func }) => {
    const count = func.params.length;
    if (count !== 1)
      throw new Error(`workload_to_resource_function arg must take 1 argument. ${func.name} takes ${count}`);
    evaluationOf(thread).deployment.workloadFunction = { fn: func, at: formatPlace(func.position) };
    return None;
  },
);

const allowContexts = defineBuiltin('allow_k8s_contexts', [{ name: 'contexts' }], (thread, { contexts }) => {
  for (const context of valueOrSequence(contexts)) {
    if (typeof context !== 'string') {
      throw new Error(
        `allow_k8s_contexts contexts must be a string or a sequence of strings; found a ${goTypeName(context)}`,
      );
    }
    evaluationOf(thread).allowedContexts.add(jsString(context));
  }
  return None;
});

/** The kinds builtin takes one positional only: a second one would read as if it were a kind, too. */
function onePositional(
  thread: Thread,
  args: readonly Value[],
  kwargs: Parameters<typeof k8sKind.callInternal>[2],
): Value {
  if (args.length > 1) throw new Error(`k8s_kind: got ${args.length} arguments, want at most 1`);
  return k8sKind.callInternal(thread, args, kwargs);
}

/** Names of this topic. */
export function kubernetesBuiltins(): Record<string, Value> {
  return {
    k8s_yaml: k8sYaml,
    filter_yaml: filterYaml,
    k8s_resource: k8sResource,
    port_forward: portForward,
    k8s_kind: builtin('k8s_kind', onePositional),
    k8s_image_json_path: k8sImageJsonPath,
    workload_to_resource_function: workloadToResourceFunction,
    allow_k8s_contexts: allowContexts,
    // Tilt does not look at the arguments of these.
    k8s_context: builtin('k8s_context', thread => starlarkString(evaluationOf(thread).deps.kube?.context ?? '')),
    k8s_namespace: builtin('k8s_namespace', thread => starlarkString(evaluationOf(thread).deps.kube?.namespace ?? '')),
  };
}
