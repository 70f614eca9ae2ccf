// Every name of a Tiltfile with its parameters, their types and defaults, and what it does in one line: for
// `tilt help tiltfile NAME` and the page api/tiltfile.pyi. A test compares names, order and which may be left out with
// the builtins themselves. Does not: name v1alpha1, whose parameters come from the types of the API (reference.ts).

export interface ReferenceTopic {
  readonly title: string;
  /** `name(parameter: type = default, ...) -> type | what it does`, one a line; `name: type | ...` for a value. */
  readonly lines: string;
}

export const referenceTopics: readonly ReferenceTopic[] = [
  {
    title: 'Loading, control and output',
    lines: `
include(path: str) -> None | Runs another file here, for what it does; a file runs once, whoever asks.
load_dynamic(path: str) -> dict[str, Any] | Runs another file and gives all its names as a frozen dict.
fail(msg: str) -> None | Ends the Tiltfile with an error.
warn(msg: str) -> None | Logs a warning and counts it.
exit(code: Any = None) -> None | Ends the Tiltfile well; what was defined so far stays. A value is logged.
blob(input: str) -> blob | Text to stand for the contents of a file wherever a path can be given.
struct(**kwargs: Any) -> struct | A value with the given fields.
module(name: str, **kwargs: Any) -> module | A named value with the given members.`,
  },
  {
    title: 'Files and commands',
    lines: `
local(command: Command, quiet: bool = False, command_bat: Command = None, echo_off: bool = False, env: dict[str, str] = {}, dir: str = None, stdin: str | blob = None) -> blob | Runs a command now and gives its output.
read_file(paths: str, default: str = None) -> blob | The contents of a file; the Tiltfile runs again when it changes.
watch_file(paths: str) -> None | Runs the Tiltfile again when this file or folder changes.
listdir(dir: str, recursive: bool = False) -> list[str] | Absolute paths of the files in a folder; watched when recursive.
local_git_repo(paths: str) -> git.Repo | A git repository; its paths(p) gives an absolute path in it.
read_json(paths: str, default: Any = None) -> Any | The data of a JSON file.
read_yaml(paths: str, default: Any = None) -> Any | The data of a YAML file with one document.
read_yaml_stream(paths: str, default: list = None) -> list | The data of every document of a YAML file.
decode_json(json: str | blob) -> Any | Data from JSON text.
decode_yaml(yaml: str | blob) -> Any | Data from YAML text with one document.
decode_yaml_stream(yaml: str | blob) -> list | Data from every document of YAML text.
encode_json(obj: Any) -> str | JSON text of data, keys sorted.
encode_yaml(obj: Any) -> blob | YAML text of data, keys sorted.
encode_yaml_stream(objs: list) -> blob | YAML text with one document for each item.
helm(paths: str, name: str = "chart", namespace: str = "", values: str | list[str] = [], set: str | list[str] = [], kube_version: str = "", skip_crds: bool = False) -> blob | The YAML of a Helm chart in a folder; the chart is watched.
kustomize(paths: str, kustomize_bin: str = "", flags: list[str] = []) -> blob | The YAML that kustomize builds of a folder; its inputs are watched.`,
  },
  {
    title: 'The system',
    lines: `
os.environ: dict[str, str] | The environment; writing changes it for every command started later.
os.getcwd() -> str | Folder of the file that runs.
os.getenv(key: str, default: Any = None) -> str | A variable of the environment.
os.putenv(key: str, value: str) -> None | Sets a variable of the environment.
os.unsetenv(key: str) -> None | Removes a variable of the environment.
os.name: str | "posix".
os.path.abspath(path: str) -> str | The path made absolute and clean.
os.path.basename(path: str) -> str | The last element of a path.
os.path.dirname(path: str) -> str | Everything but the last element of a path.
os.path.exists(path: str) -> bool | Whether something is there. Not watched.
os.path.join(*paths: str) -> str | One path of several; a later absolute part does not start anew.
os.path.realpath(path: str) -> str | The path with all links followed.
os.path.relpath(targpath: str, basepath: str = None) -> str | The way from basepath (the Tiltfile's folder) to targpath.
sys.argv: list[str] | Words of the command line.
sys.executable: str | Absolute path of the program.
shlex.quote(name: str) -> str | Text quoted for a shell.`,
  },
  {
    title: 'Local resources',
    lines: `
local_resource(name: str, cmd: Command = "", deps: str | list[str] = [], trigger_mode: TriggerMode = TRIGGER_MODE_AUTO, resource_deps: list[str] = [], ignore: str | list[str] = [], auto_init: bool = True, serve_cmd: Command = "", cmd_bat: Command = "", serve_cmd_bat: Command = "", allow_parallel: bool = False, links: Links = [], labels: str | list[str] = [], env: dict[str, str] = {}, serve_env: dict[str, str] = {}, readiness_probe: Probe = None, dir: str = "", serve_dir: str = "", tty: bool = False) -> None | Commands on this machine: cmd runs on every change of deps, serve_cmd keeps running. tty gives serve_cmd a terminal.
test(name: str, cmd: Command = "", deps: str | list[str] = [], trigger_mode: TriggerMode = TRIGGER_MODE_AUTO, resource_deps: list[str] = [], ignore: str | list[str] = [], auto_init: bool = True, serve_cmd: Command = "", cmd_bat: Command = "", serve_cmd_bat: Command = "", allow_parallel: bool = True, links: Links = [], labels: str | list[str] = [], env: dict[str, str] = {}, serve_env: dict[str, str] = {}, readiness_probe: Probe = None, dir: str = "", serve_dir: str = "", tty: bool = False) -> None | Deprecated: local_resource(allow_parallel=True).
link(url: str, name: str = "") -> link | A link of a resource with the text to show.
probe(initial_delay_secs: int = 0, timeout_secs: int = 1, period_secs: int = 10, success_threshold: int = 1, failure_threshold: int = 3, exec: ExecAction = None, http_get: HTTPGetAction = None, tcp_socket: TCPSocketAction = None) -> Probe | When a serve_cmd counts as ready; exactly one action.
exec_action(command: list[str]) -> ExecAction | Ready when the command succeeds.
http_get_action(port: int, host: str = "localhost", scheme: str = "http", path: str = "") -> HTTPGetAction | Ready when the address answers well.
tcp_socket_action(port: int, host: str = "localhost") -> TCPSocketAction | Ready when the port takes a connection.
trigger_mode(trigger_mode: TriggerMode) -> None | Whether changes start updates by themselves, for every resource that does not say. Once.
TRIGGER_MODE_AUTO: TriggerMode | Changes start updates.
TRIGGER_MODE_MANUAL: TriggerMode | Only tilt trigger, or the key for it, starts updates.`,
  },
  {
    title: 'Images',
    lines: `
docker_build(ref: str, context: str, build_args: dict[str, str] = {}, dockerfile: str = "Dockerfile", dockerfile_contents: str | blob = None, cache: Any = None, live_update: list[LiveUpdateStep] = [], match_in_env_vars: bool = False, ignore: str | list[str] = [], only: str | list[str] = [], entrypoint: Command = [], container_args: list[str] = None, target: str = "", ssh: str | list[str] = [], secret: str | list[str] = [], network: str = "", extra_tag: str | list[str] = [], cache_from: str | list[str] = [], pull: bool = False, platform: str = "", extra_hosts: str | list[str] = []) -> None | Builds an image with Docker.
custom_build(ref: str, command: Command, deps: list[str], tag: str = "", disable_push: bool = False, skips_local_docker: bool = False, live_update: list[LiveUpdateStep] = [], match_in_env_vars: bool = False, ignore: str | list[str] = [], entrypoint: Command = [], container_args: list[str] = None, command_bat_val: Command = "", outputs_image_ref_to: str = "", command_bat: Command = "", image_deps: list[str] = [], env: dict[str, str] = {}, dir: str = "") -> custom_build | Builds an image with a command, which finds its name in $EXPECTED_REF.
default_registry(host: str, host_from_cluster: str = "", single_name: str = "") -> None | Where built images are pushed instead of where their names say. Once.
initial_sync() -> LiveUpdateStep | First step: files are copied when the container starts, too.
fall_back_on(paths: str | list[str]) -> LiveUpdateStep | Changes of these files mean a whole build.
sync(local_path: str, remote_path: str) -> LiveUpdateStep | Copies changed files into the container.
run(cmd: Command, trigger: str | list[str] = [], echo_off: bool = False) -> LiveUpdateStep | Runs a command in the container, when one of trigger changed or always.
restart_container() -> LiveUpdateStep | Last step: restarts the container. Compose only.`,
  },
  {
    title: 'Kubernetes',
    lines: `
k8s_yaml(yaml: str | blob | list[str | blob], allow_duplicates: bool = False) -> None | Deploys the objects of YAML files or text.
filter_yaml(yaml: str | blob | list[str | blob], labels: dict[str, str] = {}, name: str = "", namespace: str = "", kind: str = "", api_version: str = "") -> tuple[blob, blob] | The objects that fit, and the others; texts are regular expressions.
k8s_resource(workload: str = "", new_name: str = "", port_forwards: PortForwards = [], extra_pod_selectors: dict[str, str] | list[dict[str, str]] = [], trigger_mode: TriggerMode = TRIGGER_MODE_AUTO, resource_deps: list[str] = [], objects: list[str] = [], auto_init: bool = True, pod_readiness: str = "", links: Links = [], labels: str | list[str] = [], discovery_strategy: str = "") -> None | Says more about a workload, or makes a resource of objects.
port_forward(local_port: int, container_port: int = 0, name: str = "", link_path: str = "", host: str = "") -> PortForward | A port of this machine that leads to one of the pod.
k8s_kind(kind: str, *, image_json_path: str | list[str] = [], api_version: str = "", image_object: dict[str, str] = None, pod_readiness: str = "") -> None | Makes objects of a kind workloads, and says where their images stand. The kind is a regular expression.
k8s_image_json_path(paths: str | list[str], api_version: str = "", kind: str = "", name: str = "", namespace: str = "") -> None | Where images stand in the objects that fit.
workload_to_resource_function(func: Callable) -> None | A function from a workload's id (name, kind, namespace, group) to the name of its resource.
k8s_custom_deploy(name: str, apply_cmd: Command, delete_cmd: Command, deps: str | list[str], image_selector: str = "", live_update: list[LiveUpdateStep] = [], apply_dir: str = "", apply_env: dict[str, str] = {}, apply_cmd_bat: Command = "", delete_dir: str = "", delete_env: dict[str, str] = {}, delete_cmd_bat: Command = "", container_selector: str = "", image_deps: list[str] = []) -> None | Deploys with a command that prints the YAML it applied.
allow_k8s_contexts(contexts: str | list[str]) -> None | Contexts that are fine to deploy to although they are no local clusters.
k8s_context() -> str | The context that is deployed to.
k8s_namespace() -> str | The default namespace of that context.`,
  },
  {
    title: 'Docker Compose',
    lines: `
docker_compose(configPaths: str | blob | list[str | blob], env_file: str = "", project_name: str = "", profiles: str | list[str] = [], wait: bool = False) -> None | Runs the services of Compose files.
dc_resource(name: str, image: str = None, trigger_mode: TriggerMode = TRIGGER_MODE_AUTO, resource_deps: list[str] = [], infer_links: bool = True, links: Links = [], labels: str | list[str] = [], auto_init: bool = True, project_name: str = "", new_name: str = "") -> None | Says more about a service.`,
  },
  {
    title: 'Arguments and settings',
    lines: `
config.define_string_list(name: str, args: bool = False, usage: str = "") -> None | A setting with any number of texts; args: words of the command line without a flag are its values.
config.define_string(name: str, args: bool = False, usage: str = "") -> None | A setting that is a text.
config.define_bool(name: str, args: bool = False, usage: str = "") -> None | A setting that is on or off.
config.define_object(name: str, args: bool = False, usage: str = "") -> None | A setting that is JSON.
config.parse() -> dict[str, Any] | The settings that were given on the command line or in tilt_config.json.
config.set_enabled_resources(resources: list[str]) -> None | Runs these and what they depend on.
config.clear_enabled_resources() -> None | Runs nothing until it is enabled.
config.tilt_subcommand: str | "up", "ci", "down" ...
config.main_path: str | Absolute path of the main Tiltfile.
config.main_dir: str | Its folder.
update_settings(max_parallel_updates: int = 3, k8s_upsert_timeout_secs: int = 30, suppress_unused_image_warnings: str | list[str] = None, k8s_server_side_apply: str = "auto") -> None | How updates run; "*" suppresses all warnings of unused images.
ci_settings(k8s_grace_period: str = "", timeout: str = "30m", readiness_timeout: str = "5m") -> None | How long tilt ci waits; "0s" is for ever.
docker_prune_settings(disable: bool = False, max_age_mins: int = 360, num_builds: int = 0, interval_hrs: int = 1, keep_recent: int = 2) -> None | Which old images are removed, and when.
version_settings(check_updates: bool = True, constraint: str = "") -> None | Versions of tilt that this Tiltfile works with.
watch_settings(ignore: str | list[str] = []) -> None | Files whose changes mean nothing to anybody, as in .dockerignore.
secret_settings(disable_scrub: bool) -> None | Whether values of Secrets may stand in logs.
exit_settings(down: bool = False, disable: bool = False, delete_namespaces: bool = False, callback: Callable = None, snapshot: bool | str = False) -> None | What happens when the session ends; down wins over disable.
set_team(team_id: str) -> None | Kept and never used: nothing is sent anywhere.
analytics_settings(enable: bool) -> None | Kept and never used: nothing is sent anywhere.
experimental_analytics_report(tags: dict[str, str]) -> None | Does nothing.
experimental_telemetry_cmd(cmd: Command, cmd_bat: Command = "", period: str = "60s", dir: str = "") -> None | Kept and never run. Once.
experimental_metrics_settings(**kwargs: Any) -> None | Deprecated: does nothing.
enable_feature(msg: str) -> None | Turns a feature flag on.
disable_feature(msg: str) -> None | Turns a feature flag off.
disable_snapshots() -> None | Turns the flag snapshots off.`,
  },
];

/** Types that the lines above use for several, for the head of the page. */
export const referenceTypes = `
Command: str (a shell script) or list[str] (program and arguments)
Links: str, link(...), or a list of these
PortForwards: int, str ("8000", "9000:80", "host:9000:80"), port_forward(...), or a list of these
Probe, ExecAction, HTTPGetAction, TCPSocketAction, TriggerMode, LiveUpdateStep, PortForward, blob: made by the functions here`;
