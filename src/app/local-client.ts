// The Client port on the session in this process: the store is the replica, the engine does what is asked.
import type { Client, ExitPlan, ResourceTerminal, SessionInfo } from '../api/client.ts';
import type { UIInputStatus } from '../api/kinds-buttons.ts';
import { buildReason } from '../api/kinds-internal.ts';
import type { KubernetesApply } from '../api/kinds-kubernetes.ts';
import type { UIResource } from '../api/kinds-session.ts';
import { formatMicroTime } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import { downPolicyAnnotation } from '../build/kubernetes/keep.ts';
import { disableConfigMap, disableKey } from '../controllers/resource-index.ts';
import type { LogStore } from '../logs/port.ts';
import { type ClusterObject, clusterObjects } from '../tui/cluster-objects.ts';
import type { EngineSession } from './engine-session.ts';
import { isWorkload } from './take-down.ts';

export interface LocalClientInput {
  readonly engine: EngineSession;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly session: SessionInfo;
  readonly exit: Client['exit'];
  /** Whether this project's sessions made the object with that uid. */
  readonly hasMade: (uid: string) => boolean;
  /** What earlier sessions left, besides the objects with those uids, and leaving may take away. */
  readonly leftBehind: (besides: ReadonlySet<string>) => Promise<readonly NamedObject[]>;
}

/** An object of the cluster, as far as a list names it. */
export type NamedObject = Pick<ClusterObject, 'kind' | 'name'>;

export function makeLocalClient({ engine, logs, clock, session, exit, hasMade, leftBehind }: LocalClientInput): Client {
  const { store } = engine;

  function click(name: string, inputs: Readonly<Record<string, string | boolean>>): void {
    const button = store.get('UIButton', name);
    if (!button) throw new Error(`there is no button "${name}"`);
    const values = (button.spec?.inputs ?? []).map((input): UIInputStatus => {
      const given = inputs[input.name];
      if (input.bool)
        return {
          name: input.name,
          bool: { value: given === undefined ? (input.bool.defaultValue ?? false) : given === true },
        };
      if (input.hidden) return { name: input.name, hidden: { value: input.hidden.value } };
      if (input.choice)
        return { name: input.name, choice: { value: String(given ?? input.choice.choices?.[0] ?? '') } };
      return { name: input.name, text: { value: String(given ?? input.text?.defaultValue ?? '') } };
    });
    store.setStatus('UIButton', name, {
      lastClickedAt: formatMicroTime(clock.now()),
      ...(values.length > 0 ? { inputs: values } : {}),
    });
  }

  function setDisabled(resources: readonly string[], disabled: boolean): void {
    for (const resource of resources) {
      const map = store.get('ConfigMap', disableConfigMap(resource));
      if (!map || !store.get('Manifest', resource))
        throw new Error(`"${resource}" cannot be ${disabled ? 'disabled' : 'enabled'}`);
      store.update('ConfigMap', { ...map, data: { ...map.data, [disableKey]: String(disabled) } });
    }
  }

  function terminalOf(resource: string): ResourceTerminal | undefined {
    const terminal = engine.terminalOf(resource);
    return (
      terminal && {
        write: input => terminal.write(input),
        resize: size => terminal.resize(size),
        onOutput: listener => terminal.onOutput(listener),
        onEnd(listener) {
          const watching = store.subscribe(undefined, () => {
            if (engine.terminalOf(resource) === terminal) return;
            watching.dispose();
            listener();
          });
          return watching;
        },
      }
    );
  }

  return {
    session,
    get: (kind, name) => store.get(kind, name),
    list: kind => store.list(kind),
    onChange: listener => store.subscribe(undefined, listener),
    openLogs: (filter, place) => logs.openCursor(filter, place),
    prepareSearch: () => logs.prepareSearch(),
    findLogs: (search, options) => logs.find(search, options),
    commandLines: async most => logs.commandIds(most),
    logSections: resources => logs.sections(resources),
    logCounts: resource => logs.resourceCounts(resource),
    terminalOf,
    async trigger(resource) {
      const outcome = engine.trigger(resource, buildReason.triggerHud);
      if (outcome === 'unknown') throw new Error(`resource "${resource}" does not exist`);
      if (outcome === 'disabled') throw new Error(`resource "${resource}" is currently disabled`);
    },
    setDisabled: async (resources, disabled) => setDisabled(resources, disabled),
    async setTriggerMode(resource, mode) {
      if (engine.setTriggerMode([resource], mode) !== undefined)
        throw new Error(`resource "${resource}" does not exist`);
    },
    stopBuild: async resource => click(`${resource}-stopbuild`, {}),
    clickButton: async (name, inputs) => click(name, inputs),
    setTiltfileArgs: async args => engine.setTiltfileArgs(args),
    exitPlan: async () => {
      const left = await leftBehind(new Set(deployedObjects(engine).map(({ uid }) => uid)));
      return exitPlan(engine, hasMade, left);
    },
    exit,
  };
}

/** What leaving would touch. Local processes end with the session whatever is chosen; pods go on. */
export function exitPlan(
  engine: EngineSession,
  hasMade: LocalClientInput['hasMade'],
  left: readonly NamedObject[] = [],
): ExitPlan {
  const kubernetes = engine.store.list('UIResource').filter(hasPod).length;
  const deployed: NamedObject[] = [...deployedObjects(engine).filter(({ uid }) => hasMade(uid)), ...left];
  const names = (objects: readonly NamedObject[]): string[] =>
    objects.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`);
  return {
    kubernetes,
    compose: 0,
    localServers: runningHere(engine),
    disable: names(deployed.filter(({ kind }) => isWorkload(kind))),
    down: [...names(deployed), ...deleteCommands(engine)],
  };
}

/** Resources of which a process runs here: their server, or their update. */
export function runningHere({ index }: EngineSession): string[] {
  const names: string[] = [];
  for (const { name, kind, build } of index.all())
    if ((kind === 'local' && build.current) || index.server(name)?.status?.running) names.push(name);
  return names;
}

/** What `down` would delete of what is in the cluster now. */
function deployedObjects({ store }: EngineSession): ClusterObject[] {
  return store
    .list('KubernetesApply')
    .filter(apply => isDeployed(apply) && !apply.spec?.deleteCmd)
    .flatMap(apply => clusterObjects(store, apply.metadata.name))
    .filter(({ kind, yaml }) => kind !== 'Namespace' && !yaml.includes(`${downPolicyAnnotation}: keep`));
}

function isDeployed({ status }: KubernetesApply): boolean {
  return Boolean(status?.resultYAML) && !status?.disableStatus?.disabled;
}

/** What deletes a `k8s_custom_deploy`: only its command knows what goes. */
function deleteCommands({ store }: EngineSession): string[] {
  return store.list('KubernetesApply').flatMap(apply => {
    const { deleteCmd } = apply.spec ?? {};
    if (!deleteCmd || !isDeployed(apply)) return [];
    const { args } = deleteCmd;
    const [shell, flag, script] = args;
    const command = shell === 'sh' && flag === '-c' ? script! : args.join(' ');
    return [`${apply.metadata.name}: ${command.replace(/\s+/g, ' ')}`];
  });
}

function hasPod({ status }: UIResource): boolean {
  const name = status?.k8sResourceInfo?.['podName'];
  return typeof name === 'string' && name !== '';
}
