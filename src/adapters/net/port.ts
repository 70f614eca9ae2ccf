// Small questions to the network: does a server answer, can a port be reached, who holds it.
// Also: ports of our own that take connections in (listen-port.ts).
// Does not: decide what a failed answer means, follow a redirect to another host, or read more than 10 KiB of an answer.
import type { Listen } from './listen-port.ts';

export interface HttpAnswer {
  readonly status: number;
  /** At most 10,240 bytes, decoded. */
  readonly body: string;
  /** 200 to 399, as Kubernetes counts a probe. */
  readonly isOk: boolean;
  /** Set when a redirect led to another host and was not followed: the probe counts as a success with a warning. */
  readonly redirectedTo?: string;
}

export interface HttpRequest {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly timeoutMs: number;
}

export interface PortOwner {
  readonly pid: number;
  /** The program's name or command line, as much as the system tells. */
  readonly command: string;
}

export interface Net {
  /**
   * GET as a Kubernetes probe does it: certificates are not checked, redirects are followed on the same host only (10 at
   * most). Rejects with an Error that says what happened; with the signal's reason when aborted.
   */
  httpGet(request: HttpRequest, options: { readonly signal: AbortSignal }): Promise<HttpAnswer>;
  /** Resolves once a connection stands (it is closed at once); rejects like httpGet. */
  tcpConnect(
    target: { readonly host: string; readonly port: number; readonly timeoutMs: number },
    options: { readonly signal: AbortSignal },
  ): Promise<void>;
  /** Who listens on a local TCP port; undefined when nobody does or the system won't tell. */
  portOwner(port: number): Promise<PortOwner | undefined>;
  readonly listen: Listen;
}
