# Names of a Tiltfile: parameters, types, defaults. Made from the builtins; do not edit.
#
# Command: str (a shell script) or list[str] (program and arguments)
# Links: str, link(...), or a list of these
# PortForwards: int, str ("8000", "9000:80", "host:9000:80"), port_forward(...), or a list of these
# Probe, ExecAction, HTTPGetAction, TCPSocketAction, TriggerMode, LiveUpdateStep, PortForward, blob: made by the functions here

# Loading, control and output

def include(path: str) -> None:
    """Runs another file here, for what it does; a file runs once, whoever asks."""

def load_dynamic(path: str) -> dict[str, Any]:
    """Runs another file and gives all its names as a frozen dict."""

def fail(msg: str) -> None:
    """Ends the Tiltfile with an error."""

def warn(msg: str) -> None:
    """Logs a warning and counts it."""

def exit(code: Any = None) -> None:
    """Ends the Tiltfile well; what was defined so far stays. A value is logged."""

def blob(input: str) -> blob:
    """Text to stand for the contents of a file wherever a path can be given."""

def struct(**kwargs: Any) -> struct:
    """A value with the given fields."""

def module(name: str, **kwargs: Any) -> module:
    """A named value with the given members."""

# Files and commands

def local(
    command: Command,
    quiet: bool = False,
    command_bat: Command = None,
    echo_off: bool = False,
    env: dict[str, str] = {},
    dir: str = None,
    stdin: str | blob = None,
) -> blob:
    """Runs a command now and gives its output."""

def read_file(paths: str, default: str = None) -> blob:
    """The contents of a file; the Tiltfile runs again when it changes."""

def watch_file(paths: str) -> None:
    """Runs the Tiltfile again when this file or folder changes."""

def listdir(dir: str, recursive: bool = False) -> list[str]:
    """Absolute paths of the files in a folder; watched when recursive."""

def local_git_repo(paths: str) -> git.Repo:
    """A git repository; its paths(p) gives an absolute path in it."""

def read_json(paths: str, default: Any = None) -> Any:
    """The data of a JSON file."""

def read_yaml(paths: str, default: Any = None) -> Any:
    """The data of a YAML file with one document."""

def read_yaml_stream(paths: str, default: list = None) -> list:
    """The data of every document of a YAML file."""

def decode_json(json: str | blob) -> Any:
    """Data from JSON text."""

def decode_yaml(yaml: str | blob) -> Any:
    """Data from YAML text with one document."""

def decode_yaml_stream(yaml: str | blob) -> list:
    """Data from every document of YAML text."""

def encode_json(obj: Any) -> str:
    """JSON text of data, keys sorted."""

def encode_yaml(obj: Any) -> blob:
    """YAML text of data, keys sorted."""

def encode_yaml_stream(objs: list) -> blob:
    """YAML text with one document for each item."""

def helm(
    paths: str,
    name: str = "chart",
    namespace: str = "",
    values: str | list[str] = [],
    set: str | list[str] = [],
    kube_version: str = "",
    skip_crds: bool = False,
) -> blob:
    """The YAML of a Helm chart in a folder; the chart is watched."""

def kustomize(paths: str, kustomize_bin: str = "", flags: list[str] = []) -> blob:
    """The YAML that kustomize builds of a folder; its inputs are watched."""

# The system

os.environ: dict[str, str]  # The environment; writing changes it for every command started later.

def os.getcwd() -> str:
    """Folder of the file that runs."""

def os.getenv(key: str, default: Any = None) -> str:
    """A variable of the environment."""

def os.putenv(key: str, value: str) -> None:
    """Sets a variable of the environment."""

def os.unsetenv(key: str) -> None:
    """Removes a variable of the environment."""

os.name: str  # "posix".

def os.path.abspath(path: str) -> str:
    """The path made absolute and clean."""

def os.path.basename(path: str) -> str:
    """The last element of a path."""

def os.path.dirname(path: str) -> str:
    """Everything but the last element of a path."""

def os.path.exists(path: str) -> bool:
    """Whether something is there. Not watched."""

def os.path.join(*paths: str) -> str:
    """One path of several; a later absolute part does not start anew."""

def os.path.realpath(path: str) -> str:
    """The path with all links followed."""

def os.path.relpath(targpath: str, basepath: str = None) -> str:
    """The way from basepath (the Tiltfile's folder) to targpath."""

sys.argv: list[str]  # Words of the command line.

sys.executable: str  # Absolute path of the program.

def shlex.quote(name: str) -> str:
    """Text quoted for a shell."""

# Local resources

def local_resource(
    name: str,
    cmd: Command = "",
    deps: str | list[str] = [],
    trigger_mode: TriggerMode = TRIGGER_MODE_AUTO,
    resource_deps: list[str] = [],
    ignore: str | list[str] = [],
    auto_init: bool = True,
    serve_cmd: Command = "",
    cmd_bat: Command = "",
    serve_cmd_bat: Command = "",
    allow_parallel: bool = False,
    links: Links = [],
    labels: str | list[str] = [],
    env: dict[str, str] = {},
    serve_env: dict[str, str] = {},
    readiness_probe: Probe = None,
    dir: str = "",
    serve_dir: str = "",
    tty: bool = False,
) -> None:
    """Commands on this machine: cmd runs on every change of deps, serve_cmd keeps running. tty gives serve_cmd a terminal."""

def test(
    name: str,
    cmd: Command = "",
    deps: str | list[str] = [],
    trigger_mode: TriggerMode = TRIGGER_MODE_AUTO,
    resource_deps: list[str] = [],
    ignore: str | list[str] = [],
    auto_init: bool = True,
    serve_cmd: Command = "",
    cmd_bat: Command = "",
    serve_cmd_bat: Command = "",
    allow_parallel: bool = True,
    links: Links = [],
    labels: str | list[str] = [],
    env: dict[str, str] = {},
    serve_env: dict[str, str] = {},
    readiness_probe: Probe = None,
    dir: str = "",
    serve_dir: str = "",
    tty: bool = False,
) -> None:
    """Deprecated: local_resource(allow_parallel=True)."""

def link(url: str, name: str = "") -> link:
    """A link of a resource with the text to show."""

def probe(
    initial_delay_secs: int = 0,
    timeout_secs: int = 1,
    period_secs: int = 10,
    success_threshold: int = 1,
    failure_threshold: int = 3,
    exec: ExecAction = None,
    http_get: HTTPGetAction = None,
    tcp_socket: TCPSocketAction = None,
) -> Probe:
    """When a serve_cmd counts as ready; exactly one action."""

def exec_action(command: list[str]) -> ExecAction:
    """Ready when the command succeeds."""

def http_get_action(
    port: int,
    host: str = "localhost",
    scheme: str = "http",
    path: str = "",
) -> HTTPGetAction:
    """Ready when the address answers well."""

def tcp_socket_action(port: int, host: str = "localhost") -> TCPSocketAction:
    """Ready when the port takes a connection."""

def trigger_mode(trigger_mode: TriggerMode) -> None:
    """Whether changes start updates by themselves, for every resource that does not say. Once."""

TRIGGER_MODE_AUTO: TriggerMode  # Changes start updates.

TRIGGER_MODE_MANUAL: TriggerMode  # Only tilt trigger, or the key for it, starts updates.

# Images

def docker_build(
    ref: str,
    context: str,
    build_args: dict[str, str] = {},
    dockerfile: str = "Dockerfile",
    dockerfile_contents: str | blob = None,
    cache: Any = None,
    live_update: list[LiveUpdateStep] = [],
    match_in_env_vars: bool = False,
    ignore: str | list[str] = [],
    only: str | list[str] = [],
    entrypoint: Command = [],
    container_args: list[str] = None,
    target: str = "",
    ssh: str | list[str] = [],
    secret: str | list[str] = [],
    network: str = "",
    extra_tag: str | list[str] = [],
    cache_from: str | list[str] = [],
    pull: bool = False,
    platform: str = "",
    extra_hosts: str | list[str] = [],
) -> None:
    """Builds an image with Docker."""

def custom_build(
    ref: str,
    command: Command,
    deps: list[str],
    tag: str = "",
    disable_push: bool = False,
    skips_local_docker: bool = False,
    live_update: list[LiveUpdateStep] = [],
    match_in_env_vars: bool = False,
    ignore: str | list[str] = [],
    entrypoint: Command = [],
    container_args: list[str] = None,
    command_bat_val: Command = "",
    outputs_image_ref_to: str = "",
    command_bat: Command = "",
    image_deps: list[str] = [],
    env: dict[str, str] = {},
    dir: str = "",
) -> custom_build:
    """Builds an image with a command, which finds its name in $EXPECTED_REF."""

def default_registry(host: str, host_from_cluster: str = "", single_name: str = "") -> None:
    """Where built images are pushed instead of where their names say. Once."""

def initial_sync() -> LiveUpdateStep:
    """First step: files are copied when the container starts, too."""

def fall_back_on(paths: str | list[str]) -> LiveUpdateStep:
    """Changes of these files mean a whole build."""

def sync(local_path: str, remote_path: str) -> LiveUpdateStep:
    """Copies changed files into the container."""

def run(cmd: Command, trigger: str | list[str] = [], echo_off: bool = False) -> LiveUpdateStep:
    """Runs a command in the container, when one of trigger changed or always."""

def restart_container() -> LiveUpdateStep:
    """Last step: restarts the container. Compose only."""

# Kubernetes

def k8s_yaml(yaml: str | blob | list[str | blob], allow_duplicates: bool = False) -> None:
    """Deploys the objects of YAML files or text."""

def filter_yaml(
    yaml: str | blob | list[str | blob],
    labels: dict[str, str] = {},
    name: str = "",
    namespace: str = "",
    kind: str = "",
    api_version: str = "",
) -> tuple[blob, blob]:
    """The objects that fit, and the others; texts are regular expressions."""

def k8s_resource(
    workload: str = "",
    new_name: str = "",
    port_forwards: PortForwards = [],
    extra_pod_selectors: dict[str, str] | list[dict[str, str]] = [],
    trigger_mode: TriggerMode = TRIGGER_MODE_AUTO,
    resource_deps: list[str] = [],
    objects: list[str] = [],
    auto_init: bool = True,
    pod_readiness: str = "",
    links: Links = [],
    labels: str | list[str] = [],
    discovery_strategy: str = "",
) -> None:
    """Says more about a workload, or makes a resource of objects."""

def port_forward(
    local_port: int,
    container_port: int = 0,
    name: str = "",
    link_path: str = "",
    host: str = "",
) -> PortForward:
    """A port of this machine that leads to one of the pod."""

def k8s_kind(
    kind: str,
    *,
    image_json_path: str | list[str] = [],
    api_version: str = "",
    image_object: dict[str, str] = None,
    pod_readiness: str = "",
) -> None:
    """Makes objects of a kind workloads, and says where their images stand. The kind is a regular expression."""

def k8s_image_json_path(
    paths: str | list[str],
    api_version: str = "",
    kind: str = "",
    name: str = "",
    namespace: str = "",
) -> None:
    """Where images stand in the objects that fit."""

def workload_to_resource_function(func: Callable) -> None:
    """A function from a workload's id (name, kind, namespace, group) to the name of its resource."""

def k8s_custom_deploy(
    name: str,
    apply_cmd: Command,
    delete_cmd: Command,
    deps: str | list[str],
    image_selector: str = "",
    live_update: list[LiveUpdateStep] = [],
    apply_dir: str = "",
    apply_env: dict[str, str] = {},
    apply_cmd_bat: Command = "",
    delete_dir: str = "",
    delete_env: dict[str, str] = {},
    delete_cmd_bat: Command = "",
    container_selector: str = "",
    image_deps: list[str] = [],
) -> None:
    """Deploys with a command that prints the YAML it applied."""

def allow_k8s_contexts(contexts: str | list[str]) -> None:
    """Contexts that are fine to deploy to although they are no local clusters."""

def k8s_context() -> str:
    """The context that is deployed to."""

def k8s_namespace() -> str:
    """The default namespace of that context."""

# Docker Compose

def docker_compose(
    configPaths: str | blob | list[str | blob],
    env_file: str = "",
    project_name: str = "",
    profiles: str | list[str] = [],
    wait: bool = False,
) -> None:
    """Runs the services of Compose files."""

def dc_resource(
    name: str,
    image: str = None,
    trigger_mode: TriggerMode = TRIGGER_MODE_AUTO,
    resource_deps: list[str] = [],
    infer_links: bool = True,
    links: Links = [],
    labels: str | list[str] = [],
    auto_init: bool = True,
    project_name: str = "",
    new_name: str = "",
) -> None:
    """Says more about a service."""

# Arguments and settings

def config.define_string_list(name: str, args: bool = False, usage: str = "") -> None:
    """A setting with any number of texts; args: words of the command line without a flag are its values."""

def config.define_string(name: str, args: bool = False, usage: str = "") -> None:
    """A setting that is a text."""

def config.define_bool(name: str, args: bool = False, usage: str = "") -> None:
    """A setting that is on or off."""

def config.define_object(name: str, args: bool = False, usage: str = "") -> None:
    """A setting that is JSON."""

def config.parse() -> dict[str, Any]:
    """The settings that were given on the command line or in tilt_config.json."""

def config.set_enabled_resources(resources: list[str]) -> None:
    """Runs these and what they depend on."""

def config.clear_enabled_resources() -> None:
    """Runs nothing until it is enabled."""

config.tilt_subcommand: str  # "up", "ci", "down" ...

config.main_path: str  # Absolute path of the main Tiltfile.

config.main_dir: str  # Its folder.

def update_settings(
    max_parallel_updates: int = 3,
    k8s_upsert_timeout_secs: int = 30,
    suppress_unused_image_warnings: str | list[str] = None,
    k8s_server_side_apply: str = "auto",
) -> None:
    """How updates run; "*" suppresses all warnings of unused images."""

def ci_settings(
    k8s_grace_period: str = "",
    timeout: str = "30m",
    readiness_timeout: str = "5m",
) -> None:
    """How long tilt ci waits; "0s" is for ever."""

def docker_prune_settings(
    disable: bool = False,
    max_age_mins: int = 360,
    num_builds: int = 0,
    interval_hrs: int = 1,
    keep_recent: int = 2,
) -> None:
    """Which old images are removed, and when."""

def version_settings(check_updates: bool = True, constraint: str = "") -> None:
    """Versions of tilt that this Tiltfile works with."""

def watch_settings(ignore: str | list[str] = []) -> None:
    """Files whose changes mean nothing to anybody, as in .dockerignore."""

def secret_settings(disable_scrub: bool) -> None:
    """Whether values of Secrets may stand in logs."""

def exit_settings(
    down: bool = False,
    disable: bool = False,
    delete_namespaces: bool = False,
    callback: Callable = None,
    snapshot: bool | str = False,
) -> None:
    """What happens when the session ends; down wins over disable."""

def set_team(team_id: str) -> None:
    """Kept and never used: nothing is sent anywhere."""

def analytics_settings(enable: bool) -> None:
    """Kept and never used: nothing is sent anywhere."""

def experimental_analytics_report(tags: dict[str, str]) -> None:
    """Does nothing."""

def experimental_telemetry_cmd(
    cmd: Command,
    cmd_bat: Command = "",
    period: str = "60s",
    dir: str = "",
) -> None:
    """Kept and never run. Once."""

def experimental_metrics_settings(**kwargs: Any) -> None:
    """Deprecated: does nothing."""

def enable_feature(msg: str) -> None:
    """Turns a feature flag on."""

def disable_feature(msg: str) -> None:
    """Turns a feature flag off."""

def disable_snapshots() -> None:
    """Turns the flag snapshots off."""

# Objects of the API

def v1alpha1.cmd(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    args: list[str] = [],
    dir: str = "",
    env: list[str] = [],
    readiness_probe: v1alpha1.Probe = None,
    restart_on: v1alpha1.RestartOnSpec = None,
    start_on: v1alpha1.StartOnSpec = None,
    disable_source: v1alpha1.DisableSource = None,
) -> None:
    """Makes an object of the kind Cmd."""

def v1alpha1.config_map(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    data: dict[str, str] = {},
) -> None:
    """Makes an object of the kind ConfigMap."""

def v1alpha1.extension(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    repo_name: str = "",
    repo_path: str = "",
    args: list[str] = [],
) -> None:
    """Makes an object of the kind Extension."""

def v1alpha1.extension_repo(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    url: str = "",
    ref: str = "",
    load_host: str = "",
    git_subpath: str = "",
) -> None:
    """Makes an object of the kind ExtensionRepo."""

def v1alpha1.file_watch(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    watched_paths: list[str] = [],
    ignores: list[v1alpha1.IgnoreDef] = [],
    disable_source: v1alpha1.DisableSource = None,
) -> None:
    """Makes an object of the kind FileWatch."""

def v1alpha1.kubernetes_apply(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    yaml: str = "",
    image_maps: list[str] = [],
    image_locators: list[v1alpha1.KubernetesImageLocator] = [],
    timeout: str = "",
    kubernetes_discovery_template_spec: v1alpha1.KubernetesDiscoveryTemplateSpec = None,
    port_forward_template_spec: v1alpha1.PortForwardTemplateSpec = None,
    pod_log_stream_template_spec: v1alpha1.PodLogStreamTemplateSpec = None,
    discovery_strategy: str = "",
    disable_source: v1alpha1.DisableSource = None,
    apply_cmd: v1alpha1.KubernetesApplyCmd = None,
    restart_on: v1alpha1.RestartOnSpec = None,
    delete_cmd: v1alpha1.KubernetesApplyCmd = None,
    cluster: str = "",
    server_side_apply: bool = False,
) -> None:
    """Makes an object of the kind KubernetesApply."""

def v1alpha1.kubernetes_discovery(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    watches: list[v1alpha1.KubernetesWatchRef] = [],
    extra_selectors: list[v1alpha1.LabelSelector] = [],
    port_forward_template_spec: v1alpha1.PortForwardTemplateSpec = None,
    pod_log_stream_template_spec: v1alpha1.PodLogStreamTemplateSpec = None,
    cluster: str = "",
) -> None:
    """Makes an object of the kind KubernetesDiscovery."""

def v1alpha1.ui_button(
    name: str,
    labels: dict[str, str] = {},
    annotations: dict[str, str] = {},
    location: v1alpha1.UIComponentLocation = None,
    text: str = "",
    icon_name: str = "",
    icon_svg: str = "",
    disabled: bool = False,
    requires_confirmation: bool = False,
    inputs: list[v1alpha1.UIInputSpec] = [],
) -> None:
    """Makes an object of the kind UIButton."""

# Parts of objects of the API

def v1alpha1.config_map_disable_source(
    name: str = "",
    key: str = "",
) -> v1alpha1.ConfigMapDisableSource:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.disable_source(
    config_map: v1alpha1.ConfigMapDisableSource = None,
    every_config_map: list[v1alpha1.ConfigMapDisableSource] = [],
) -> v1alpha1.DisableSource:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.exec_action(command: list[str] = []) -> v1alpha1.ExecAction:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.forward(
    local_port: int = 0,
    container_port: int = 0,
    host: str = "",
    name: str = "",
    path: str = "",
) -> v1alpha1.Forward:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.http_get_action(
    path: str = "",
    port: int = 0,
    host: str = "",
    scheme: str = "",
    http_headers: list[v1alpha1.HTTPHeader] = [],
) -> v1alpha1.HTTPGetAction:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.http_header(name: str = "", value: str = "") -> v1alpha1.HTTPHeader:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.handler(
    exec: v1alpha1.ExecAction = None,
    http_get: v1alpha1.HTTPGetAction = None,
    tcp_socket: v1alpha1.TCPSocketAction = None,
) -> v1alpha1.Handler:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.ignore_def(base_path: str = "", patterns: list[str] = []) -> v1alpha1.IgnoreDef:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.kubernetes_apply_cmd(
    args: list[str] = [],
    dir: str = "",
    env: list[str] = [],
) -> v1alpha1.KubernetesApplyCmd:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.kubernetes_discovery_template_spec(
    extra_selectors: list[v1alpha1.LabelSelector] = [],
) -> v1alpha1.KubernetesDiscoveryTemplateSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.kubernetes_image_locator(
    object_selector: v1alpha1.ObjectSelector = None,
    path: str = "",
    object: v1alpha1.KubernetesImageObjectDescriptor = None,
) -> v1alpha1.KubernetesImageLocator:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.kubernetes_image_object_descriptor(
    repo_field: str = "",
    tag_field: str = "",
) -> v1alpha1.KubernetesImageObjectDescriptor:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.kubernetes_watch_ref(
    uid: str = "",
    namespace: str = "",
    name: str = "",
) -> v1alpha1.KubernetesWatchRef:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.label_selector(
    match_labels: dict[str, str] = {},
    match_expressions: list[v1alpha1.LabelSelectorRequirement] = [],
) -> v1alpha1.LabelSelector:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.label_selector_requirement(
    key: str = "",
    operator: str = "",
    values: list[str] = [],
) -> v1alpha1.LabelSelectorRequirement:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.object_selector(
    api_version_regexp: str = "",
    kind_regexp: str = "",
    name_regexp: str = "",
    namespace_regexp: str = "",
) -> v1alpha1.ObjectSelector:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.pod_log_stream_template_spec(
    since_time: str = "",
    only_containers: list[str] = [],
    ignore_containers: list[str] = [],
) -> v1alpha1.PodLogStreamTemplateSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.port_forward_template_spec(
    forwards: list[v1alpha1.Forward] = [],
) -> v1alpha1.PortForwardTemplateSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.probe(
    handler: v1alpha1.Handler = None,
    initial_delay_seconds: int = 0,
    timeout_seconds: int = 0,
    period_seconds: int = 0,
    success_threshold: int = 0,
    failure_threshold: int = 0,
) -> v1alpha1.Probe:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.restart_on_spec(
    file_watches: list[str] = [],
    ui_buttons: list[str] = [],
) -> v1alpha1.RestartOnSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.start_on_spec(
    start_after: str = "",
    ui_buttons: list[str] = [],
) -> v1alpha1.StartOnSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.tcp_socket_action(port: int = 0, host: str = "") -> v1alpha1.TCPSocketAction:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.ui_bool_input_spec(
    default_value: bool = False,
    true_string: str = "",
    false_string: str = "",
) -> v1alpha1.UIBoolInputSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.ui_choice_input_spec(choices: list[str] = []) -> v1alpha1.UIChoiceInputSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.ui_component_location(
    component_id: str = "",
    component_type: str = "",
) -> v1alpha1.UIComponentLocation:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.ui_hidden_input_spec(value: str = "") -> v1alpha1.UIHiddenInputSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.ui_input_spec(
    name: str = "",
    label: str = "",
    text: v1alpha1.UITextInputSpec = None,
    bool: v1alpha1.UIBoolInputSpec = None,
    hidden: v1alpha1.UIHiddenInputSpec = None,
    choice: v1alpha1.UIChoiceInputSpec = None,
) -> v1alpha1.UIInputSpec:
    """A part of an object; a dict with the same keys does as well."""

def v1alpha1.ui_text_input_spec(
    default_value: str = "",
    placeholder: str = "",
) -> v1alpha1.UITextInputSpec:
    """A part of an object; a dict with the same keys does as well."""
