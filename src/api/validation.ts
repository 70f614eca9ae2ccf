// What each kind fills in and refuses (reference 3.8 to 3.20 and its additions). Messages keep the words clients match.
// Does not: check names (identifiers.ts), types or unknown fields (decode.ts).
import type { Kind } from './kinds.ts';
import type { StatusCause } from './status-error.ts';

type Fields = Readonly<Record<string, unknown>>;
type Rule = (spec: Fields) => StatusCause[];

const required = (field: string, detail: string): StatusCause => ({
  reason: 'FieldValueRequired',
  message: detail ? `Required value: ${detail}` : 'Required value',
  field,
});

function invalidValue(field: string, value: unknown, detail: string): StatusCause {
  const shown = value === undefined ? 'null' : JSON.stringify(value);
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown}: ${detail}`, field };
}

const duplicate = (field: string, value: unknown): StatusCause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${JSON.stringify(value)}`,
  field,
});

const forbidden = (field: string, detail: string): StatusCause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${detail}`,
  field,
});

const text = (of: Fields | undefined, key: string): string => (typeof of?.[key] === 'string' ? of[key] : '');
const struct = (of: Fields | undefined, key: string): Fields | undefined => of?.[key] as Fields | undefined;
const list = (of: Fields | undefined, key: string): readonly Fields[] => (of?.[key] as readonly Fields[]) ?? [];

const defaultCluster = { cluster: 'default' } as const;
const defaults: Partial<Record<Kind, Fields>> = {
  KubernetesApply: defaultCluster,
  KubernetesDiscovery: defaultCluster,
  PodLogStream: defaultCluster,
  PortForward: defaultCluster,
};

/** `content` (spec, or data) with what the kind fills in; the same object when there is nothing to fill in. */
export function applyDefaults(kind: Kind, content: Fields): Fields {
  const given = defaults[kind];
  if (!given) return content;
  const spec = struct(content, 'spec');
  const missing = Object.entries(given).filter(([key]) => !spec?.[key]);
  return missing.length ? { ...content, spec: { ...spec, ...Object.fromEntries(missing) } } : content;
}

const rules: Partial<Record<Kind, Rule>> = {
  Cluster: spec => {
    const registry = struct(spec, 'defaultRegistry');
    return registry ? registryProblems(registry) : [];
  },
  ExtensionRepo: spec => {
    const url = text(spec, 'url');
    if (/^https?:\/\//.test(url)) return [];
    if (!url.startsWith('file://'))
      return [invalidValue('spec.url', url, 'URLs must start with http(s):// or file://')];
    if (!url.startsWith('file:///'))
      return [invalidValue('spec.url', url, 'file:// URLs must be absolute (e.g., file:///home/user/repo)')];
    const subpath = text(spec, 'gitSubpath');
    const detail = 'cannot use git_subpath for file:// URL extension repositories';
    return subpath ? [invalidValue('spec.git_subpath', subpath, detail)] : [];
  },
  FileWatch: spec =>
    list(spec, 'watchedPaths').length ? [] : [required('spec.watchedPaths', 'cannot be an empty list')],
  KubernetesApply: kubernetesApplyProblems,
  KubernetesDiscovery: spec => {
    const watches = list(spec, 'watches');
    const nothing = watches.length === 0 && list(spec, 'extraSelectors').length === 0;
    const none = nothing ? [required('spec.watches', 'One or more watches or extraSelectors are required')] : [];
    return [...none, ...watches.flatMap((w, i) => (text(w, 'namespace') ? [] : [noNamespace(i)]))];
  },
  LiveUpdate: liveUpdateProblems,
  PortForward: portForwardProblems,
  Session: spec => {
    const condition = text(spec, 'exitCondition');
    return [
      ...(text(spec, 'tiltfilePath') ? [] : [required('tiltfilePath', 'cannot be empty')]),
      ...(['manual', 'ci'].includes(condition)
        ? []
        : [invalidValue('exitCondition', condition, 'valid values: manual, ci')]),
    ];
  },
  ToggleButton: spec => {
    const source = struct(spec, 'stateSource');
    const map = struct(source, 'configMap');
    if (!map) return [invalidValue('Spec.StateSource', source ?? {}, 'must specify exactly one kind of StateSource')];
    const isSame = text(map, 'onValue') === text(map, 'offValue');
    return isSame ? [invalidValue('Spec.StateSource.ConfigMap', map, 'OnValue and OffValue must differ')] : [];
  },
  UIButton: uiButtonProblems,
};

/** What is wrong with the content of an object; empty when nothing is. */
export function contentProblems(kind: Kind, content: Fields): readonly StatusCause[] {
  const rule = rules[kind];
  return rule ? rule(struct(content, 'spec') ?? {}) : [];
}

function noNamespace(i: number): StatusCause {
  return required(`spec.watches[${i}]`, 'Namespace must be provided');
}

function registryProblems(registry: Fields): StatusCause[] {
  const path = '.spec.defaultRegistry';
  const hosts = ['host', 'hostFromClusterNetwork', 'hostFromContainerRuntime'] as const;
  const missing = text(registry, 'host') ? [] : [required(`${path}.host`, '')];
  const bad = hosts
    .filter(key => text(registry, key) !== '' && !isRegistryHost(text(registry, key)))
    .map(key => invalidValue(`${path}.${key}`, text(registry, key), 'must be a host, a port and a path'));
  return [...missing, ...bad];
}

/** A host with an optional port and path, as image references begin. */
function isRegistryHost(host: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d+)?(\/[a-z0-9._\-/]+)?$/.test(host);
}

function kubernetesApplyProblems(spec: Fields): StatusCause[] {
  const problems: StatusCause[] = [];
  const strategy = text(spec, 'discoveryStrategy');
  if (!['', 'default', 'selectors-only'].includes(strategy))
    problems.push({
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(strategy)}: supported values: "default", "selectors-only"`,
      field: 'spec.discoveryStrategy',
    });
  const applyCmd = struct(spec, 'applyCmd');
  const exactlyOne = 'must specify exactly ONE of .spec.yaml or .spec.applyCmd';
  if (text(spec, 'yaml')) {
    if (applyCmd) problems.push(invalidValue('spec.applyCmd', applyCmd, exactlyOne));
  } else if (!applyCmd) problems.push(required('spec.yaml', exactlyOne));
  else if (list(applyCmd, 'args').length === 0) problems.push(required('spec.applyCmd.args', 'args cannot be empty'));
  return problems;
}

function liveUpdateProblems(spec: Fields): StatusCause[] {
  const syncs = list(spec, 'syncs');
  const detail = 'must contain at least 1 sync or 1 exec to run on live update';
  const none = syncs.length === 0 && list(spec, 'execs').length === 0;
  const selector = struct(spec, 'selector');
  const kubernetes = struct(selector, 'kubernetes');
  const compose = struct(selector, 'dockerCompose');
  return [
    ...(none ? [invalidValue('spec.syncs', spec['syncs'], detail)] : []),
    ...syncs.flatMap((sync, i) => {
      const target = text(sync, 'containerPath');
      return target.startsWith('/')
        ? []
        : [invalidValue(`spec.syncs[${i}]`, target, 'sync destination is not absolute')];
    }),
    ...(kubernetes ? liveUpdateSelectorProblems(kubernetes) : []),
    ...(!kubernetes && compose && !text(compose, 'service')
      ? [required('spec.selector.dockerCompose.service', 'DockerCompose service name is required')]
      : []),
  ];
}

function liveUpdateSelectorProblems(selector: Fields): StatusCause[] {
  const path = 'spec.selector.kubernetes';
  const given = [
    text(selector, 'image') && `${path}.image`,
    text(selector, 'containerName') && `${path}.containerName`,
    text(selector, 'imageMapName') && `${path}.imageMap`,
  ].filter(field => field !== '');
  const names = 'one of image, imageMap, or containerName';
  return [
    ...(text(selector, 'discoveryName')
      ? []
      : [required(`${path}.discoveryName`, 'KubernetesDiscovery name is required')]),
    ...(given.length === 0 ? [required(path, `exactly ${names} is required`)] : []),
    ...(given.length > 1 ? given.map(field => forbidden(field, `cannot specify more than ${names}`)) : []),
  ];
}

function portForwardProblems(spec: Fields): StatusCause[] {
  const problems: StatusCause[] = [];
  const forwards = list(spec, 'forwards');
  if (!text(spec, 'podName')) problems.push(required('spec.podName', 'PodName cannot be empty'));
  if (forwards.length === 0) problems.push(required('spec.forwards', 'At least one Forward is required'));
  const seen = new Set<number>();
  forwards.forEach((forward, i) => {
    const path = `spec.forwards[${i}]`;
    const local = Number(forward['localPort'] ?? 0);
    const remote = Number(forward['containerPort'] ?? 0);
    // Port 0 stands for a free one, so it may repeat.
    if (local !== 0 && seen.has(local))
      problems.push(duplicate(`${path}.localPort`, 'Cannot bind more than one forward to same LocalPort'));
    seen.add(local);
    if (local < 0 || local > 65535)
      problems.push(invalidValue(`${path}.localPort`, local, 'LocalPort must be in the range [0, 65535]'));
    if (remote <= 0 || remote > 65535)
      problems.push(invalidValue(`${path}.containerPort`, remote, 'ContainerPort must be in the range (0, 65535]'));
  });
  return problems;
}

function uiButtonProblems(spec: Fields): StatusCause[] {
  const problems: StatusCause[] = [];
  const location = struct(spec, 'location');
  if (!text(spec, 'text')) problems.push(required('spec.text', 'Button text cannot be empty'));
  if (!text(location, 'componentID'))
    problems.push(required('spec.location.componentID', 'Parent component ID is required'));
  if (!text(location, 'componentType'))
    problems.push(required('spec.location.componentType', 'Parent component type is required'));
  const svg = text(spec, 'iconSVG');
  if (svg && !svg.includes('<svg')) problems.push(invalidValue('spec.iconSVG', svg, 'Invalid <svg> element'));
  const seen = new Set<string>();
  list(spec, 'inputs').forEach((input, i) => {
    const name = text(input, 'name');
    if (seen.has(name)) problems.push(duplicate(`spec.inputs[${i}].id`, input));
    seen.add(name);
    const types = ['text', 'bool', 'hidden', 'choice'].filter(key => input[key] !== undefined);
    const choice = struct(input, 'choice');
    if (choice && list(choice, 'choices').length === 0)
      problems.push(invalidValue('spec', input, 'must specify choices if input type is choice'));
    if (types.length !== 1) problems.push(invalidValue('spec', input, 'must specify exactly one input type'));
  });
  return problems;
}
