// Terminals in containers for the screen, over the session's own connection settings: no kubectl is needed, and a key leaves
// them while what runs there goes on.
import type { KubeClient, PodTerminal } from '../adapters/kube/port.ts';
import { makeAbortController } from '../base/abort.ts';
import { systemClock } from '../base/clock.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';
import type { ContainerRequest, ContainerTerminal } from '../tui/host.ts';

/** A shell writes its prompt in that time, in ms; who waits longer would think that nothing happens. */
const firstWordMs = 800;

/** Resolves when something was written there, or has ended. Rejects with a sentence. */
export async function openContainerTerminal(
  { pod, container, command }: ContainerRequest,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ContainerTerminal> {
  // Who opens none does not load what speaks to a cluster.
  const { connectKube } = await import('../adapters/kube/index.ts');
  const { context, configPath } = pod.cluster;
  const own = configPath === '' ? env : { ...env, KUBECONFIG: configPath };
  const { client } = await connectKube({ context, namespace: pod.namespace, env: own });
  try {
    if (!command) await checkTerminal(client, { pod, container });
    const terminal = await client.openTerminal(
      { pod, container, ...(command ? { command } : {}) },
      { signal: makeAbortController().signal },
    );
    await firstWord(terminal);
    return {
      write: input => terminal.write(input),
      resize: size => terminal.resize(size),
      onOutput: listener => terminal.onOutput(listener),
      onEnd: listener => onEnd(terminal, listener),
      ended: terminal.ended,
      dispose() {
        terminal.dispose();
        client.dispose();
      },
    };
  } catch (error) {
    client.dispose();
    throw error;
  }
}

interface TerminalSpec {
  readonly containers?: readonly { readonly name: string; readonly tty?: boolean; readonly stdin?: boolean }[];
}

/** Where nobody reads what is typed, one could only look, as in the log. */
async function checkTerminal(client: KubeClient, { pod, container }: ContainerRequest): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Pod', name: pod.name, namespace: pod.namespace };
  const { spec } = await client.get(ref, { signal: makeAbortController().signal });
  const found = (spec as TerminalSpec | undefined)?.containers?.find(({ name }) => name === container);
  if (found?.tty && found.stdin) return;
  throw new Error(`${container} has no terminal: \`tty: true\` and \`stdin: true\` in its YAML give it one`);
}

/** Resolves when it has written something, has ended, or is silent for some time. */
async function firstWord(terminal: PodTerminal): Promise<void> {
  if (terminal.hasOutput) return;
  await Promise.race([terminal.ended.then(ignore, ignore), written(terminal)]);
}

function written(terminal: PodTerminal): Promise<void> {
  const lookMs = 20;
  const untilMs = systemClock.monotonic() + firstWordMs;
  return new Promise(resolve => {
    const look = (): void => {
      if (terminal.hasOutput || systemClock.monotonic() > untilMs) resolve();
      else systemClock.after(lookMs, look);
    };
    look();
  });
}

function onEnd({ ended }: PodTerminal, listener: () => void): Disposable {
  let isOn = true;
  const tell = (): void => {
    if (isOn) listener();
  };
  ended.then(tell, tell);
  return toDisposable(() => {
    isOn = false;
  });
}

function ignore(): void {}
