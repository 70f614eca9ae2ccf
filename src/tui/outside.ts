// Does what happens outside of the screen: gives the terminal to an editor or a shell and takes it back, opens addresses.
import type { Client } from '../api/client.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ClusterObject, clusterObjects } from './cluster-objects.ts';
import type { Effect } from './effects.ts';
import type { FilePlace } from './file-places.ts';
import type { ScreenHost } from './host.ts';
import { debugCommand, diffCommand, eventsCommand, shellCommand } from './kubectl.ts';
import type { MenuItem, ObjectView } from './menu-item.ts';
import type { Message } from './messages.ts';
import type { Model } from './model.ts';
import { shownYaml } from './shown-yaml.ts';

export interface OutsideOptions {
  readonly terminal: Terminal;
  readonly client: Pick<Client, 'terminalOf' | 'get'>;
  readonly model: () => Model;
  readonly host: ScreenHost;
  readonly send: (message: Message) => void;
}

const views: readonly (readonly [view: ObjectView, word: string])[] = [
  ['yaml', 'as applied'],
  ['events', 'events'],
  ['diff', 'applied against live'],
];

type ShellEffect = Extract<Effect, { kind: 'shell' }>;

/** 128 and SIGKILL. */
const killedExitCode = 137;

export class Outside {
  readonly #options: OutsideOptions;
  #isAway = false;

  constructor(options: OutsideOptions) {
    this.#options = options;
  }

  /** Opens an address here, or shows it as a link with the way to it. */
  async openUrl(url: string): Promise<void> {
    const { host, send, terminal, model } = this.#options;
    const askedAt = model().inputs;
    const port = portOf(url);
    const tunnel = port === undefined ? undefined : host.tunnelLine(port);
    if (tunnel !== undefined) {
      const lines = [
        { text: url, link: url },
        { text: '' },
        { text: 'This runs at the other end of SSH. A browser at your end reaches it while this runs there:' },
        { text: tunnel },
      ];
      send({ kind: 'note', title: 'Open in a browser', lines, copy: tunnel, askedAt });
      return;
    }
    if (!terminal.capabilities.remote && (await host.openUrl(url))) {
      send({ kind: 'toast', text: `Opened ${url}`, tone: 'success', link: url });
      return;
    }
    send({ kind: 'toast', text: url, tone: 'success', link: url });
  }

  async edit(places: readonly FilePlace[]): Promise<void> {
    const { host, send } = this.#options;
    const place = await host.findFile(places);
    if (!place) {
      const [first] = places;
      send({ kind: 'toast', text: `There is no file ${first?.file ?? ''} here`, tone: 'warn' });
      return;
    }
    await this.#away(() => host.edit(place));
  }

  /** A shell in a container, or its own process. */
  async shell({ pod, container, isAttach }: ShellEffect): Promise<void> {
    const { host, send, model } = this.#options;
    const askedAt = model().inputs;
    const place = `${pod.name} ${container}`;
    const say = (text: string, tone: 'info' | 'warn'): void => send({ kind: 'toast', text, tone });
    say(isAttach ? `Joining the terminal of ${place}` : `Opening a shell in ${place}`, 'info');
    const terminal = await host.openInContainer({ pod, container, ...(isAttach ? {} : { command: shellCommand }) });
    try {
      const what = isAttach ? 'its own process' : 'a shell';
      const how = await this.#away(() => host.attach(terminal, `${place}: ${what}, ctrl-] comes back`));
      if (how === 'detached') say(isAttach ? `${place} goes on` : `Left the shell in ${place}`, 'info');
      if (how === 'ended') {
        const end = await terminal.ended.catch(error => error);
        this.#sayEnd({ pod, container, isAttach, askedAt }, end);
      }
    } finally {
      terminal.dispose();
    }
  }

  /** How a shell ends is its person's doing; what ended it from outside is news. */
  #sayEnd(
    { pod, container, isAttach, askedAt }: Omit<ShellEffect, 'kind'> & { readonly askedAt: number },
    end: { readonly exitCode: number } | Error,
  ): void {
    const { send } = this.#options;
    const place = `${pod.name} ${container}`;
    if (end instanceof Error && !isAttach && isMissingProgram(end)) {
      const command = debugCommand(pod, container);
      const lines = [
        { text: `There is no sh in ${place}, as in images that hold a program alone.` },
        { text: 'This starts a container with a shell beside it, in the same pod:' },
        { text: command },
      ];
      send({ kind: 'note', title: 'No shell there', lines, copy: command, askedAt });
      return;
    }
    const text =
      end instanceof Error
        ? `${place}: ${end.message}`
        : isAttach
          ? `${place} has ended with ${end.exitCode}`
          : end.exitCode === killedExitCode
            ? `${place}: the shell was killed`
            : '';
    send({ kind: 'toast', text: text || `The shell in ${place} has ended`, tone: text ? 'warn' : 'info' });
  }

  /** The objects of a resource, each with what there is to see of it. */
  listObjects(resource: string): void {
    const { client, send, model } = this.#options;
    const items = clusterObjects(client, resource).flatMap(({ kind, name }, index) =>
      views.map(
        ([view, word]): MenuItem => ({
          action: { kind: 'object', resource, index, view },
          title: `${kind} ${name}: ${word}`,
          keys: [],
        }),
      ),
    );
    if (items.length > 0) send({ kind: 'choose', title: `${resource} in its cluster`, items, askedAt: model().inputs });
    else send({ kind: 'toast', text: `${resource} has nothing in its cluster yet`, tone: 'info' });
  }

  async viewObject({ resource, index, view }: Extract<Effect, { kind: 'view-object' }>): Promise<void> {
    const { client, send, model } = this.#options;
    const askedAt = model().inputs;
    const object = clusterObjects(client, resource)[index];
    if (!object) return;
    if (view !== 'yaml')
      send({ kind: 'toast', text: `Asking the cluster about ${object.kind} ${object.name}`, tone: 'info' });
    const text = view === 'yaml' ? shownYaml(object) : await this.#askCluster(object, view);
    const title = `${object.kind} ${object.name}: ${views.find(([name]) => name === view)![1]}`;
    send({ kind: 'text', title, lines: text.trimEnd().split('\n'), askedAt });
  }

  async #askCluster(object: ClusterObject, view: 'events' | 'diff'): Promise<string> {
    const { host, model } = this.#options;
    const { context = '', configPath = '' } = model().surroundings.cluster ?? {};
    const cluster = { context, configPath };
    const isDiff = view === 'diff';
    const done = isDiff
      ? await host.capture(diffCommand(cluster, object), object.yaml)
      : await host.capture(eventsCommand(cluster, object));
    if (done.exitCode > (isDiff ? 1 : 0)) throw new Error(`kubectl: ${done.stderr.trim().split('\n').at(-1) ?? ''}`);
    return done.stdout.trim() || (isDiff ? 'The live object is as it was applied.' : 'Nothing was told about it.');
  }

  /** Joins the terminal to that of a local process. */
  async attach(resource: string): Promise<void> {
    const { client, host, send } = this.#options;
    const terminal = client.terminalOf(resource);
    if (!terminal) {
      send({ kind: 'toast', text: `${resource} has no terminal that runs now`, tone: 'warn' });
      return;
    }
    const how = await this.#away(() => host.attach(terminal, `${resource}: this is its terminal, ctrl-] comes back`));
    if (how === 'ended') send({ kind: 'toast', text: `${resource} has ended`, tone: 'info' });
  }

  /** Gives the terminal away while something runs on it. One thing at a time. */
  async #away<T>(run: () => Promise<T>): Promise<T | undefined> {
    const { terminal } = this.#options;
    if (this.#isAway) return undefined;
    this.#isAway = true;
    await terminal.suspend();
    try {
      return await run();
    } finally {
      this.#isAway = false;
      terminal.resume();
    }
  }
}

/** What container runtimes say of a program that is not in the image. */
function isMissingProgram({ message }: Error): boolean {
  return /executable file not found|no such file or directory/.test(message);
}

/** The port of an address on this machine; undefined for others. */
function portOf(url: string): number | undefined {
  const [, scheme, port] =
    /^(https?):\/\/(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])(?::(\d+))?(?:[/?#]|$)/i.exec(url) ?? [];
  if (scheme === undefined) return undefined;
  return port ? Number(port) : scheme.toLowerCase() === 'https' ? 443 : 80;
}
