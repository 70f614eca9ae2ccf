// One forward of a PortForward: a local port that leads to a port of a pod, open while that answers and closed while it
// does not. Tried again for as long as it is wanted.
import type { KubeClient, PodRef, PodStream } from '../../adapters/kube/port.ts';
import { ListenError, type LocalConnection } from '../../adapters/net/listen-port.ts';
import type { Forward, ForwardStatus } from '../../api/kinds-kubernetes.ts';
import { formatMicroTime } from '../../api/meta.ts';
import { Canceled, type Deferred, makeAbortController, makeDeferred, onAbort } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { FirstStream } from './first-stream.ts';
import { forwardProblem, isRefusal, isWorthTelling, proofTimeoutMs, retryAfterMs } from './forward-rules.ts';
import type { LocalPorts, PortClaim } from './local-ports.ts';
import { proveTunnel } from './prove-tunnel.ts';
import { relay } from './relay.ts';

export interface PodTunnelOptions {
  readonly client: Pick<KubeClient, 'dial'>;
  readonly clock: Clock;
  readonly ports: LocalPorts;
  readonly pod: PodRef;
  readonly forward: Forward;
  /** As ClaimRequest says. */
  readonly key: string;
  readonly holder: string;
  /**
   * Whether others in the cluster may talk to the port of the pod: nothing is held open there then. Undefined while that
   * is not known yet.
   */
  readonly isShared: () => boolean | undefined;
  /** Something to say in the log: what is wrong, or undefined when what was said is over. */
  readonly onProblem: (text: string | undefined) => void;
  /** The status is another. */
  readonly onChange: () => void;
}

/** What worked for less than this goes on failing as if it had not. */
const stableMs = 1000;
/** Doubts that come close together are looked into once. */
const betweenProofsMs = 500;
/** That a server has gone shows on the stream that is kept within this time after a new one was refused. */
const lateEndMs = 1500;

export class PodTunnel implements Disposable {
  readonly #options: PodTunnelOptions;
  readonly #stop = makeAbortController();
  readonly #claim: PortClaim;
  readonly #connections = new Set<LocalConnection>();
  #status: ForwardStatus | undefined;
  /** The port of the pod answered, and nothing came up against it since. */
  #isProven = false;
  /** What it was proven with, for the first client. */
  #first: FirstStream | undefined;
  /** It works: the local port is open. */
  #isRunning = false;
  /** Resolves when the try that goes on has come to something. */
  #attempt: Deferred<void> = makeDeferred();
  #doubted: Deferred<void> = makeDeferred();
  #nudged: Deferred<void> = makeDeferred();
  /** A client was told that nobody listens. */
  #refusal: Error | undefined;
  /** Grows each time that it fails, so that what a client learned before counts no more. */
  #epoch = 0;
  #failures = 0;
  #failingSinceMs: number | undefined;
  #hasWorked = false;
  #told = '';

  constructor(options: PodTunnelOptions) {
    this.#options = options;
    const { ports, forward, key, holder } = options;
    this.#claim = ports.claim({
      key,
      holder,
      host: forward.host ?? '',
      port: forward.localPort ?? 0,
      onConnection: connection => void this.#take(connection),
      onFree: () => this.nudge(),
    });
    void this.#run();
  }

  /** Undefined before the first try came to something. */
  get status(): ForwardStatus | undefined {
    return this.#status;
  }

  /** What was proven may not hold any more: it is looked at again, at once when it fails anyway. */
  doubt(): void {
    this.#isProven = false;
    this.#doubted.resolve();
    this.nudge();
  }

  /** Who waits to try again tries now. */
  nudge(): void {
    this.#nudged.resolve();
  }

  /** Others may use the port of the pod by now. */
  reconsider(): void {
    if (this.#options.isShared() === true) this.#letGo();
  }

  /** Closes the port, unless another forward takes it over now, and every connection. */
  dispose(): void {
    this.#stop.abort(new Canceled('the port-forward is not wanted any more'));
    this.doubt();
    this.#attempt.resolve();
    this.#claim.dispose();
    this.#letGo();
    for (const connection of this.#connections) connection.dispose();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const { clock } = this.#options;
    while (!signal.aborted) {
      const beganMs = clock.monotonic();
      const problem = await this.#try();
      if (signal.aborted) return;
      if (problem !== undefined) {
        this.#fail(problem);
        await this.#pause();
        continue;
      }
      if (await this.#lasts(stableMs)) this.#recovered();
      await this.#doubted.promise;
      const restMs = beganMs + betweenProofsMs - clock.monotonic();
      if (restMs > 0 && !this.#refusal) await sleep(clock, restMs, signal).catch(() => {});
    }
  }

  /** Undefined when it works. */
  async #try(): Promise<unknown> {
    const refusal = this.#refusal;
    this.#refusal = undefined;
    this.#doubted = makeDeferred();
    this.#nudged = makeDeferred();
    // What a client was told is as good as what we would be told.
    if (refusal) return refusal;
    try {
      if (!this.#isProven) await this.#prove();
      this.#stop.signal.throwIfAborted();
      const { addresses, port } = await this.#claim.open();
      this.#stop.signal.throwIfAborted();
      this.#work(addresses, port);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  async #prove(): Promise<void> {
    const { client, clock, pod, forward } = this.#options;
    // A doubt that comes meanwhile wants another proof.
    this.#isProven = true;
    const timeoutMs = proofTimeoutMs(this.#failures);
    const request = { pod, port: forward.containerPort ?? 0 };
    try {
      this.#keep(await proveTunnel(request, { client, clock, timeoutMs, signal: this.#stop.signal }));
    } catch (error) {
      if (isRefusal(error) && (await this.#isFirstHeld())) return;
      this.#isProven = false;
      throw error;
    }
  }

  /** Keeps the stream for the first client, unless there is one already, or others would wait for its end. */
  #keep(stream: FirstStream): void {
    if (this.#first?.isOpen || this.#stop.signal.aborted) {
      stream.dispose();
      return;
    }
    this.#first = stream;
    this.reconsider();
  }

  #letGo(): void {
    this.#first?.dispose();
    this.#first = undefined;
  }

  /** A server that takes one connection refuses a second one while the first is still there for a client. */
  async #isFirstHeld(): Promise<boolean> {
    const first = this.#first;
    if (!first?.isOpen) return false;
    await this.#sleep(lateEndMs, first.ended);
    return first.isOpen && this.#first === first;
  }

  #work(addresses: readonly string[], port: number): void {
    const { clock, forward } = this.#options;
    if (!this.#isRunning) {
      this.#isRunning = true;
      const startedAt = formatMicroTime(clock.now());
      this.#setStatus({ localPort: port, containerPort: forward.containerPort ?? 0, addresses, startedAt });
    }
    this.#hasWorked = true;
    this.#settleAttempt();
  }

  #fail(problem: unknown): void {
    const { clock, pod, forward } = this.#options;
    const { containerPort = 0, localPort = 0 } = forward;
    this.#isRunning = false;
    this.#epoch++;
    this.#claim.close();
    this.#letGo();
    this.#failures++;
    this.#failingSinceMs ??= clock.monotonic();
    const text = forwardProblem(problem, { pod: pod.name, port: containerPort });
    this.#tell(problem, text);
    this.#setStatus({
      localPort: localPort || (this.#status?.localPort ?? 0),
      containerPort,
      addresses: [],
      startedAt: null,
      error: text,
    });
    this.#settleAttempt();
  }

  /** What failed before it worked for a while is over. */
  #recovered(): void {
    this.#failures = 0;
    this.#failingSinceMs = undefined;
    if (this.#told !== '') this.#options.onProblem(undefined);
    this.#told = '';
  }

  #tell(problem: unknown, text: string): void {
    const { clock, onProblem } = this.#options;
    const trouble = {
      text,
      failingForMs: clock.monotonic() - (this.#failingSinceMs ?? 0),
      hasWorked: this.#hasWorked,
      isRefusal: isRefusal(problem),
      isLocal: problem instanceof ListenError,
    };
    if (!isWorthTelling(trouble, this.#told)) return;
    this.#told = text;
    onProblem(text);
  }

  async #pause(): Promise<void> {
    const failingForMs = this.#options.clock.monotonic() - (this.#failingSinceMs ?? 0);
    await this.#sleep(retryAfterMs(this.#failures, failingForMs), this.#nudged.promise);
  }

  /** Whether nothing comes up against it for so long. */
  async #lasts(ms: number): Promise<boolean> {
    let isDoubted = false;
    const doubted = this.#doubted.promise.then(() => {
      isDoubted = true;
    });
    await this.#sleep(ms, doubted);
    return !isDoubted;
  }

  /** Ends early with the promise, or when nothing is wanted any more. */
  async #sleep(ms: number, early: Promise<void>): Promise<void> {
    const over = makeAbortController();
    const stopping = onAbort(this.#stop.signal, reason => over.abort(reason));
    await Promise.race([sleep(this.#options.clock, ms, over.signal).catch(() => {}), early]);
    over.abort();
    stopping.dispose();
  }

  #settleAttempt(): void {
    this.#attempt.resolve();
    if (!this.#isRunning) this.#attempt = makeDeferred();
  }

  #setStatus(status: ForwardStatus): void {
    this.#status = status;
    this.#options.onChange();
  }

  /** A client came. On a port that was taken over it may come before it is known whether this pod answers. */
  async #take(connection: LocalConnection): Promise<void> {
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
    if (!this.#isRunning) await this.#attempt.promise;
    if (!this.#isRunning || this.#stop.signal.aborted) return connection.reset();
    const epoch = this.#epoch;
    const error = await this.#carry(connection);
    if (error && epoch === this.#epoch && !this.#stop.signal.aborted) this.#suspect(error);
  }

  /** What speaks against the pod, if anything. */
  async #carry(connection: LocalConnection): Promise<Error | undefined> {
    const stream = await this.#dial(connection);
    if (!stream || stream instanceof Error) return stream;
    const { receivedBytes, error } = await relay(connection, stream, this.#options.clock);
    return receivedBytes === 0 ? error : undefined;
  }

  /** An Error when there is no way; undefined when the client did not wait for it. */
  async #dial(connection: LocalConnection): Promise<PodStream | Error | undefined> {
    const { client, pod, forward } = this.#options;
    const first = this.#first?.take();
    if (first) return first;
    const dialing = makeAbortController();
    let isOver = false;
    let isDialing = true;
    // The signal ends what was dialled too; from then on that ends with the connection, in order.
    void connection.closed.then(() => {
      isOver = true;
      if (isDialing) dialing.abort(new Canceled('the client left'));
    });
    try {
      const stream = await client.dial({ pod, port: forward.containerPort ?? 0 }, { signal: dialing.signal });
      if (!isOver) return stream;
      stream.dispose();
      return undefined;
    } catch (error) {
      if (isOver) return undefined;
      connection.reset();
      return error as Error;
    } finally {
      isDialing = false;
    }
  }

  #suspect(error: Error): void {
    if (isRefusal(error)) this.#refusal = error;
    this.doubt();
  }
}
