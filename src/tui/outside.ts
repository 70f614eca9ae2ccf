// Does what happens outside of the screen: gives the terminal to an editor or a shell and takes it back, opens addresses.
import type { Client } from '../api/client.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Effect } from './effects.ts';
import type { FilePlace } from './file-places.ts';
import type { ScreenHost } from './host.ts';
import type { Message } from './messages.ts';

export interface OutsideOptions {
  readonly terminal: Terminal;
  readonly client: Pick<Client, 'terminalOf'>;
  readonly host: ScreenHost;
  readonly send: (message: Message) => void;
}

type ShellEffect = Extract<Effect, { kind: 'shell' }>;

export class Outside {
  readonly #options: OutsideOptions;
  #isAway = false;

  constructor(options: OutsideOptions) {
    this.#options = options;
  }

  /** Opens an address here, or shows it as a link with the way to it. */
  async openUrl(url: string): Promise<void> {
    const { host, send, terminal } = this.#options;
    const port = portOf(url);
    const tunnel = port === undefined ? undefined : host.tunnelLine(port);
    if (tunnel !== undefined) {
      const lines = [
        { text: url, link: url },
        { text: '' },
        { text: 'This runs at the other end of SSH. A browser at your end reaches it while this runs there:' },
        { text: tunnel },
      ];
      send({ kind: 'note', title: 'Open in a browser', lines, copy: tunnel });
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

  /** A shell in a container, or its own process, by kubectl. */
  async shell({ pod, container, isAttach }: ShellEffect): Promise<void> {
    const { host, send } = this.#options;
    const where = [...(pod.context ? ['--context', pod.context] : []), '--namespace', pod.namespace];
    const what = isAttach
      ? ['attach', '-it', ...where, pod.name, '-c', container]
      : ['exec', '-it', ...where, pod.name, '-c', container, '--', 'sh', '-c', bestShell];
    const code = await this.#away(() => host.run(['kubectl', ...what]));
    if (code) send({ kind: 'toast', text: `kubectl ended with ${code}: ${pod.name} ${container}`, tone: 'warn' });
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

/** bash where it is, else what there is. */
const bestShell = 'command -v bash >/dev/null 2>&1 && exec bash || exec sh';

/** The port of an address on this machine; undefined for others. */
function portOf(url: string): number | undefined {
  const [, scheme, port] =
    /^(https?):\/\/(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])(?::(\d+))?(?:[/?#]|$)/i.exec(url) ?? [];
  if (scheme === undefined) return undefined;
  return port ? Number(port) : scheme.toLowerCase() === 'https' ? 443 : 80;
}
