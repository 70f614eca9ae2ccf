// Ports of this machine that take TCP connections in, and those connections.
// Does not: know where the bytes go, or who holds a port that is taken (port-owner.ts does).
import type { Disposable } from '../../base/disposable.ts';

export interface ListenRequest {
  /** '' and `localhost`: 127.0.0.1 and ::1. An address, with or without brackets, or a name that is looked up. */
  readonly host: string;
  /** 0: a free one, the same on every address. */
  readonly port: number;
}

/** A connection that came in. Whoever gets it has to end it. Disposing closes it at once, in order. */
export interface LocalConnection extends Disposable {
  /** What the other side says, until it says no more or the connection is over. One reader; while nobody reads, the other side waits. */
  readonly incoming: AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more, also when the connection is over. */
  write(chunk: Uint8Array): Promise<void>;
  /** Nothing more is said. Resolves when all that was written has left, or the connection is over. */
  end(): Promise<void>;
  /** Closes it so that the other side sees that it was broken off. */
  reset(): void;
  /** Resolves when it is over, whoever ended it. */
  readonly closed: Promise<void>;
}

/** Disposing takes no more connections, from that moment on; those that came in stay. */
export interface LocalListener extends Disposable {
  readonly addresses: readonly string[];
  readonly port: number;
}

/**
 * Why nobody can listen there. `taken`: somebody else does. `denied`: this user may not. `unusable`: the host has no
 * address of this machine.
 */
export type ListenProblem = 'taken' | 'denied' | 'unusable';

export class ListenError extends Error {
  override name = 'ListenError';
  readonly problem: ListenProblem;

  constructor(problem: ListenProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/**
 * Listens on every address of the host, or on none: an address that this machine does not have is skipped, one whose
 * port is taken refuses them all, for half a port leads some clients to somebody else. Rejects with ListenError.
 */
export type Listen = (
  request: ListenRequest,
  onConnection: (connection: LocalConnection) => void,
) => Promise<LocalListener>;
