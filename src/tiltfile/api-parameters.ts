// Parameters of v1alpha1.*, in order, and the fields of the API that they fill (reference 2.10). Which fields there are,
// and of which type, the tables of the API say.
import type { Kind } from '../api/kinds.ts';
import { type FieldType, fieldsOf } from '../api/schema.ts';

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
  // What a probe does is written into the probe itself.
  if (parameter === 'handler') return { name: parameter, type: { is: 'struct', name: 'Handler' } };
  for (const [name, field] of fieldsOf(typeName === 'Handler' ? 'Probe' : typeName))
    if (name.toLowerCase() === wanted) return { name, type: field.type };
  throw new Error(`bug: ${typeName} has no field for ${parameter}`);
}

function specType(kind: Kind): string {
  const spec = fieldsOf(kind).get('spec');
  return spec?.type.is === 'struct' ? spec.type.name : kind;
}

/** A parameter and the field that it fills. */
export interface ApiParameter {
  readonly parameter: string;
  /** Name of the field. */
  readonly name: string;
  readonly type: FieldType;
}

function fieldsFor(typeName: string, parameters: string): ApiParameter[] {
  return parameters.split(' ').map(parameter => ({ parameter, ...fieldOf(typeName, parameter) }));
}

/** Objects by the name of their builtin. */
export const objectParameters: Readonly<
  Record<string, { readonly kind: Kind; readonly typeName: string; readonly fields: () => ApiParameter[] }>
> = Object.fromEntries(
  Object.entries(objects).map(([name, [kind, parameters]]) => {
    const typeName = specType(kind);
    return [name, { kind, typeName, fields: () => fieldsFor(typeName, parameters) }];
  }),
);

/** Parts of objects by the name of their builtin. */
export const partParameters: Readonly<
  Record<string, { readonly type: string; readonly names: readonly string[]; readonly fields: () => ApiParameter[] }>
> = Object.fromEntries(
  Object.entries(parts).map(([name, [type, parameters]]) => [
    name,
    { type, names: parameters.split(' '), fields: () => fieldsFor(type, parameters) },
  ]),
);
