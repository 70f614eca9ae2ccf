// Reads the lines that announced commands, and offers what ran for copying. Whoever does something else meanwhile is not
// disturbed: then it stops reading, and the screen says so.
import type { Client, LogLine } from '../api/client.ts';
import { Canceled, isCanceled, makeAbortController } from '../base/abort.ts';
import type { Disposable } from '../base/disposable.ts';
import { clusterObjects } from './cluster-objects.ts';
import { commandsIn, commandTitle, type RanCommand } from './command-log.ts';
import type { MenuItem } from './menu-item.ts';
import type { Message } from './messages.ts';
import type { Model } from './model.ts';

/** Lines that are read: a list longer than a few screens is no list. */
const maxLines = 400;
const title = 'Commands that ran: enter copies one';

export interface CommandListerOptions {
  readonly client: Client;
  readonly model: () => Model;
  readonly send: (message: Message) => void;
}

export class CommandLister implements Disposable {
  readonly #options: CommandListerOptions;
  #stopping = makeAbortController();

  constructor(options: CommandListerOptions) {
    this.#options = options;
  }

  dispose(): void {
    this.#stopping.abort(new Canceled('the screen is left'));
  }

  /** Sends the choice. Rejects with what reading the log throws. */
  async list(): Promise<void> {
    const { model, send } = this.#options;
    this.#stopping.abort(new Canceled('it was asked for again'));
    this.#stopping = makeAbortController();
    const { signal } = this.#stopping;
    const askedAt = model().inputs;
    try {
      const lines = await this.#lines(askedAt, signal);
      const items = this.#commands(lines).map(itemOf);
      if (items.length === 0 && model().inputs === askedAt)
        send({ kind: 'toast', text: 'No command ran yet', tone: 'info' });
      else send({ kind: 'choose', title, items, selected: items.length - 1, askedAt });
    } catch (error) {
      if (!isCanceled(error)) throw error;
    }
  }

  async #lines(askedAt: number, signal: AbortSignal): Promise<readonly LogLine[]> {
    const { client, model } = this.#options;
    const lines: LogLine[] = [];
    for (const lineId of await client.commandLines(maxLines, { signal })) {
      signal.throwIfAborted();
      if (model().inputs !== askedAt) return lines;
      const cursor = client.openLogs({}, { at: { lineId } });
      const [line] = await cursor.next(1).finally(() => cursor.dispose());
      if (line?.id === lineId) lines.push(line);
    }
    return lines;
  }

  #commands(lines: readonly LogLine[]): readonly RanCommand[] {
    const { client, model } = this.#options;
    const known = (resource: string, { kind, name }: { readonly kind: string; readonly name: string }) =>
      clusterObjects(client, resource).find(object => object.kind.toLowerCase() === kind && object.name === name);
    return commandsIn(lines, {
      context: model().surroundings.cluster?.context ?? '',
      namespaceOf: (resource, object) => known(resource, object)?.namespace ?? '',
      yamlOf: (resource, object) => known(resource, object)?.yaml ?? '',
    });
  }
}

function itemOf(command: RanCommand): MenuItem {
  return { action: { kind: 'copy', text: command.text }, title: commandTitle(command), keys: [] };
}
