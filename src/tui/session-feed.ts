// Keeps what the screen shows of the session itself in step with the client's objects: cluster, newer version, arguments of
// the Tiltfile, buttons.
import type { Client } from '../api/client.ts';
import type { Kind } from '../api/kinds.ts';
import { mainTiltfile } from '../api/meta.ts';
import type { Disposable } from '../base/disposable.ts';
import { type ButtonRow, readButtons } from './button-rows.ts';

export interface ClusterFact {
  readonly context: string;
  readonly namespace: string;
  /** The kubeconfig that leads there; '' for the person's own. */
  readonly configPath: string;
  /** '' while it is well. */
  readonly error: string;
}

export interface Surroundings {
  /** Absent without a cluster. */
  readonly cluster: ClusterFact | undefined;
  /** '' when there is none. */
  readonly newerVersion: string;
  readonly tiltfileArgs: readonly string[];
  readonly buttons: readonly ButtonRow[];
}

export const noSurroundings: Surroundings = { cluster: undefined, newerVersion: '', tiltfileArgs: [], buttons: [] };

const watched: readonly Kind[] = ['Cluster', 'UISession', 'Tiltfile', 'UIButton'];

export class SessionFeed implements Disposable {
  readonly #client: Client;
  readonly #send: (surroundings: Surroundings) => void;
  readonly #listening: Disposable;
  #last = '';

  constructor(client: Client, send: (surroundings: Surroundings) => void) {
    this.#client = client;
    this.#send = send;
    this.#listening = client.onChange(keys => {
      if (watched.some(kind => keys.has(kind))) this.read();
    });
  }

  /** Reads everything; tells only of what is another one than before. */
  read(): void {
    const client = this.#client;
    const surroundings: Surroundings = {
      cluster: clusterFact(client),
      newerVersion: client.list('UISession')[0]?.status?.suggestedTiltVersion ?? '',
      tiltfileArgs: client.get('Tiltfile', mainTiltfile)?.spec?.args ?? client.session.tiltfileArgs,
      buttons: readButtons(client),
    };
    const text = JSON.stringify(surroundings);
    if (text === this.#last) return;
    this.#last = text;
    this.#send(surroundings);
  }

  dispose(): void {
    this.#listening.dispose();
  }
}

/** The cluster that everything goes to. */
function clusterFact(client: Client): ClusterFact | undefined {
  const status = client.get('Cluster', 'default')?.status;
  const connection = status?.connection?.kubernetes;
  if (!connection && !status?.error) return undefined;
  return {
    context: connection?.context ?? '',
    namespace: connection?.namespace ?? '',
    configPath: connection?.configPath ?? '',
    error: status?.error ?? '',
  };
}
