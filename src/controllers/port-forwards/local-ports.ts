// Who of the forwards has which local port. A port passes from one forward to the next that wants it while it stays
// open: a pod is replaced without a moment in which nobody listens, or in which the port is in use.
import {
  ListenError,
  type ListenRequest,
  type LocalConnection,
  type LocalListener,
} from '../../adapters/net/listen-port.ts';
import type { Net, PortOwner } from '../../adapters/net/port.ts';
import type { Disposable } from '../../base/disposable.ts';

export interface ClaimRequest extends ListenRequest {
  /**
   * Claims of the same key want the same port, one after the other. A port that is chosen by chance passes on too, so
   * it is the same for every pod of a resource.
   */
  readonly key: string;
  /** Who claims, for the words of others who want it. */
  readonly holder: string;
  readonly onConnection: (connection: LocalConnection) => void;
  /** A port that was not to be had may be had now. */
  readonly onFree: () => void;
}

export interface OpenPort {
  readonly addresses: readonly string[];
  readonly port: number;
}

/** Disposing gives the port to the next one that claims it, and closes it when there is none. */
export interface PortClaim extends Disposable {
  /** Listens, or goes on with what the one before left open. Rejects with ListenError, taken ports with who has them. */
  open(): Promise<OpenPort>;
  /** Takes no more connections. The claim stays. */
  close(): void;
}

interface Bound {
  readonly key: string;
  readonly listening: Promise<LocalListener>;
  listener: LocalListener | undefined;
  holder: Claim | undefined;
}

const commandLength = 80;

export class LocalPorts implements Disposable {
  readonly #net: Pick<Net, 'listen' | 'portOwner'>;
  readonly #bounds = new Map<string, Bound>();
  /** All claims of a key, the oldest first. */
  readonly #claims = new Map<string, Claim[]>();
  /** The port that chance gave to a key last. */
  readonly #chosen = new Map<string, number>();

  constructor(net: Pick<Net, 'listen' | 'portOwner'>) {
    this.#net = net;
  }

  claim(request: ClaimRequest): PortClaim {
    const claim = new Claim(request, {
      open: own => this.#open(own),
      close: own => this.#close(own),
      give: own => this.#give(own),
    });
    const claims = this.#claims.get(request.key) ?? [];
    claims.push(claim);
    this.#claims.set(request.key, claims);
    const bound = this.#bounds.get(request.key);
    if (bound && !bound.holder) bound.holder = claim;
    return claim;
  }

  dispose(): void {
    for (const bound of this.#bounds.values()) {
      bound.holder = undefined;
      bound.listener?.dispose();
    }
    this.#bounds.clear();
    this.#claims.clear();
  }

  async #open(claim: Claim): Promise<OpenPort> {
    const { key, port } = claim.request;
    const existing = this.#bounds.get(key);
    if (existing?.holder && existing.holder !== claim) throw heldError(claim.request, existing.holder);
    const bound = existing ?? this.#bind(claim);
    bound.holder = claim;
    try {
      const { addresses, port: chosen } = await bound.listening;
      if (port === 0) this.#chosen.set(key, chosen);
      return { addresses, port: chosen };
    } catch (error) {
      if (!(error instanceof ListenError) || error.problem !== 'taken') throw error;
      throw this.#takenByUs(claim) ?? takenError(port, await this.#net.portOwner(port).catch(() => undefined));
    }
  }

  #bind(claim: Claim): Bound {
    const { key } = claim.request;
    const bound: Bound = {
      key,
      listening: this.#listen(claim, connection => {
        if (bound.holder) bound.holder.request.onConnection(connection);
        else connection.reset();
      }),
      listener: undefined,
      holder: claim,
    };
    this.#bounds.set(key, bound);
    bound.listening.then(
      listener => {
        bound.listener = listener;
        // Nobody wants it any more.
        if (this.#bounds.get(key) !== bound) listener.dispose();
      },
      () => {
        if (this.#bounds.get(key) === bound) this.#bounds.delete(key);
      },
    );
    return bound;
  }

  /** A port that was chosen by chance is asked for again, for people have it in their address bars. */
  async #listen({ request }: Claim, onConnection: ClaimRequest['onConnection']): Promise<LocalListener> {
    const { key, host, port } = request;
    const last = this.#chosen.get(key);
    if (port === 0 && last !== undefined)
      try {
        return await this.#net.listen({ host, port: last }, onConnection);
      } catch {
        // Somebody else has it now.
      }
    return this.#net.listen({ host, port }, onConnection);
  }

  /** A forward of another host that has the same port. */
  #takenByUs({ request }: Claim): ListenError | undefined {
    for (const { holder, listener } of this.#bounds.values())
      if (holder && listener?.port === request.port) return heldError(request, holder);
    return undefined;
  }

  #close(claim: Claim): void {
    const bound = this.#bounds.get(claim.request.key);
    if (bound?.holder !== claim) return;
    this.#drop(bound);
    for (const other of this.#claims.get(bound.key) ?? []) if (other !== claim) other.request.onFree();
  }

  #give(claim: Claim): void {
    const { key } = claim.request;
    const rest = (this.#claims.get(key) ?? []).filter(other => other !== claim);
    if (rest.length > 0) this.#claims.set(key, rest);
    else this.#claims.delete(key);
    const bound = this.#bounds.get(key);
    if (bound?.holder !== claim) return;
    bound.holder = rest[0];
    if (rest[0]) rest[0].request.onFree();
    // The one that takes over may come later in this turn.
    else
      queueMicrotask(() => {
        if (!bound.holder && this.#bounds.get(key) === bound) this.#drop(bound);
      });
  }

  #drop(bound: Bound): void {
    this.#bounds.delete(bound.key);
    const port = bound.listener?.port;
    bound.listener?.dispose();
    for (const claims of this.#claims.values())
      for (const other of claims)
        if (other.request.key !== bound.key && other.request.port === port) other.request.onFree();
  }
}

interface ClaimActs {
  open(claim: Claim): Promise<OpenPort>;
  close(claim: Claim): void;
  give(claim: Claim): void;
}

class Claim implements PortClaim {
  readonly request: ClaimRequest;
  readonly #acts: ClaimActs;
  #isOver = false;

  constructor(request: ClaimRequest, acts: ClaimActs) {
    this.request = request;
    this.#acts = acts;
  }

  open(): Promise<OpenPort> {
    return this.#acts.open(this);
  }

  close(): void {
    this.#acts.close(this);
  }

  dispose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#acts.give(this);
  }
}

function heldError({ port }: ClaimRequest, { request }: Claim): ListenError {
  return new ListenError('taken', `local port ${port} is taken by the port-forward of ${request.holder}`);
}

function takenError(port: number, owner: PortOwner | undefined): ListenError {
  if (!owner) return new ListenError('taken', `local port ${port} is taken by another process`);
  const { pid, command } = owner;
  const shown = command.length > commandLength ? `${command.slice(0, commandLength - 1)}…` : command;
  return new ListenError('taken', `local port ${port} is taken by process ${pid}${shown ? ` (${shown})` : ''}`);
}
