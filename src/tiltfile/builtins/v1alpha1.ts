// v1alpha1.*: objects of the API made by a Tiltfile, and the helpers for their parts (reference 2.10). Which fields a
// part has, and of which type, the tables of the API say; here are only the parameters and their order.
import type { Kind } from '../../api/kinds.ts';
import { type ApiObject, apiVersion } from '../../api/meta.ts';
import { type FieldType, fieldsOf } from '../../api/schema.ts';
import { kindInfo } from '../../api/scheme.ts';
import { contentProblems } from '../../api/validation.ts';
import { type Builtin, Dict, starlarkString, type Thread, type Value } from '../../starlark/index.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { type Evaluation, evaluationOf } from '../evaluation.ts';
import { pathFields, unpackField } from '../object-fields.ts';
import { ObjectPart } from '../object-part.ts';
import { stringMap } from '../parameters.ts';
import { TiltModule } from '../tilt-module.ts';

/** Parameters behind name, labels and annotations, in order. */
const objects: Readonly<Record<string, readonly [Kind, string]>> = {
  cmd: ['Cmd', 'args dir env readiness_probe restart_on start_on disable_source'],
  config_map: ['ConfigMap', 'data'],
  extension: ['Extension', 'repo_name repo_path args'],
  extension_repo: ['ExtensionRepo', 'url ref load_host git_subpath'],
  file_watch: ['FileWatch', 'watched_paths ignores disable_source'],
  kubernetes_apply: [
    'KubernetesApply',
    'yaml image_maps image_locators timeout kubernetes_discovery_template_spec port_forward_template_spec pod_log_stream_template_spec discovery_strategy disable_source apply_cmd restart_on delete_cmd cluster server_side_apply',
  ],
  kubernetes_discovery: [
    'KubernetesDiscovery',
    'watches extra_selectors port_forward_template_spec pod_log_stream_template_spec cluster',
  ],
  ui_button: ['UIButton', 'location text icon_name icon_svg disabled requires_confirmation inputs'],
};

/** Helpers: the type of the API that they make a part of, and their parameters. */
const parts: Readonly<Record<string, readonly [string, string]>> = {
  config_map_disable_source: ['ConfigMapDisableSource', 'name key'],
  disable_source: ['DisableSource', 'config_map every_config_map'],
  exec_action: ['ExecAction', 'command'],
  forward: ['Forward', 'local_port container_port host name path'],
  http_get_action: ['HTTPGetAction', 'path port host scheme http_headers'],
  http_header: ['HTTPHeader', 'name value'],
  handler: ['Handler', 'exec http_get tcp_socket'],
  ignore_def: ['IgnoreDef', 'base_path patterns'],
  kubernetes_apply_cmd: ['KubernetesApplyCmd', 'args dir env'],
  kubernetes_discovery_template_spec: ['KubernetesDiscoveryTemplateSpec', 'extra_selectors'],
  kubernetes_image_locator: ['KubernetesImageLocator', 'object_selector path object'],
  kubernetes_image_object_descriptor: ['KubernetesImageObjectDescriptor', 'repo_field tag_field'],
  kubernetes_watch_ref: ['KubernetesWatchRef', 'uid namespace name'],
  label_selector: ['LabelSelector', 'match_labels match_expressions'],
  label_selector_requirement: ['LabelSelectorRequirement', 'key operator values'],
  object_selector: ['ObjectSelector', 'api_version_regexp kind_regexp name_regexp namespace_regexp'],
  pod_log_stream_template_spec: ['PodLogStreamTemplateSpec', 'since_time only_containers ignore_containers'],
  port_forward_template_spec: ['PortForwardTemplateSpec', 'forwards'],
  probe: ['Probe', 'handler initial_delay_seconds timeout_seconds period_seconds success_threshold failure_threshold'],
  restart_on_spec: ['RestartOnSpec', 'file_watches ui_buttons'],
  start_on_spec: ['StartOnSpec', 'start_after ui_buttons'],
  tcp_socket_action: ['TCPSocketAction', 'port host'],
  ui_bool_input_spec: ['UIBoolInputSpec', 'default_value true_string false_string'],
  ui_choice_input_spec: ['UIChoiceInputSpec', 'choices'],
  ui_component_location: ['UIComponentLocation', 'component_id component_type'],
  ui_hidden_input_spec: ['UIHiddenInputSpec', 'value'],
  ui_input_spec: ['UIInputSpec', 'name label text bool hidden choice'],
  ui_text_input_spec: ['UITextInputSpec', 'default_value placeholder'],
};

/** `icon_svg` is `iconSVG`: the field of the table whose name is the same but for case and underscores. */
function fieldOf(typeName: string, parameter: string): { readonly name: string; readonly type: FieldType } {
  const wanted = parameter.replaceAll('_', '');
  for (const [name, field] of fieldsOf(typeName)) if (name.toLowerCase() === wanted) return { name, type: field.type };
  throw new Error(`bug: ${typeName} has no field for ${parameter}`);
}

function specType(kind: Kind): string {
  const spec = fieldsOf(kind).get('spec');
  return spec?.type.is === 'struct' ? spec.type.name : kind;
}

function objectBuiltin(name: string, kind: Kind, parameterNames: readonly string[]): Builtin {
  const typeName = specType(kind);
  const fields = parameterNames.map(parameter => ({ parameter, ...fieldOf(typeName, parameter) }));
  const parameters = [
    { name: 'name', type: 'string' as const },
    { name: 'labels', unpack: stringMap, optional: true as const },
    { name: 'annotations', unpack: stringMap, optional: true as const },
    ...fields.map(({ parameter, type }) => ({
      name: parameter,
      unpack: (value: Value, thread: Thread | undefined) =>
        unpackField(type, value, { thread: thread!, isPath: pathFields.has(`${typeName}.${parameter}`), isTop: true }),
      optional: true as const,
    })),
  ];
  return defineBuiltin(`v1alpha1.${name}`, parameters, (thread, args) => {
    const given = args as Readonly<Record<string, unknown>>;
    const content: Record<string, unknown> = {};
    for (const { parameter, name: field } of fields)
      if (given[parameter] !== undefined) content[field] = given[parameter];
    if (kind === 'Cmd') content['dir'] ??= evaluationOf(thread).currentDir;
    if (kind === 'KubernetesApply') content['timeout'] ??= '0s';
    const labels = args.labels as Record<string, string> | undefined;
    const annotations = args.annotations as Record<string, string> | undefined;
    const metadata = {
      name: args.name as string,
      ...(labels && Object.keys(labels).length > 0 ? { labels } : {}),
      ...(annotations && Object.keys(annotations).length > 0 ? { annotations } : {}),
    };
    const body = kind === 'ConfigMap' ? content : { spec: content };
    register(evaluationOf(thread), { apiVersion, kind, metadata, ...body });
    return null;
  });
}

/** Adds the object; the same object twice is one, two different ones of a name are an error. */
export function register(evaluation: Evaluation, object: ApiObject): void {
  const kind = object.kind as Kind;
  const problems = contentProblems(kind, object as unknown as Readonly<Record<string, unknown>>);
  if (problems.length > 0) throw new Error(listed(problems.map(({ field, message }) => `${field}: ${message}`)));
  const { name } = object.metadata;
  const existing = evaluation.objects.find(other => other.kind === kind && other.metadata.name === name);
  if (!existing) evaluation.objects.push(object);
  else if (!isSame(existing, object))
    throw new Error(`${kindInfo(kind).plural} ${JSON.stringify(name)} already registered`);
}

function listed(problems: readonly string[]): string {
  const all = [...new Set(problems)];
  return all.length === 1 ? all[0]! : `[${all.join(', ')}]`;
}

function isSame(a: ApiObject, b: ApiObject): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1));
  return entries.map(([key, item]) => [key, sorted(item)]);
}

function partBuiltin(name: string, typeName: string, parameterNames: readonly string[]): Builtin {
  const parameters = parameterNames.map(parameter => ({ name: parameter, optional: true as const }));
  return defineBuiltin(`v1alpha1.${name}`, parameters, (thread, args) => {
    const given = args as Readonly<Record<string, Value | undefined>>;
    const entries: [Value, Value][] = [];
    for (const parameter of parameterNames) {
      const value = given[parameter];
      if (value !== undefined) entries.push([starlarkString(parameter), value]);
    }
    return ObjectPart.of(typeName, new Dict(entries), thread);
  });
}

/** Names of this topic. */
export function v1alpha1Builtins(): Record<string, Value> {
  const members: Record<string, Value> = {};
  for (const [name, [kind, parameters]] of Object.entries(objects))
    members[name] = objectBuiltin(name, kind, parameters.split(' '));
  for (const [name, [typeName, parameters]] of Object.entries(parts))
    members[name] = partBuiltin(name, typeName, parameters.split(' '));
  return { v1alpha1: new TiltModule('v1alpha1', members) };
}
