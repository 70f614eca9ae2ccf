// Local ports without a network: the test connects to them and sees what a client would. Passes listen-contract.test.ts.
import {
  ListenError,
  type ListenRequest,
  type LocalConnection,
  type LocalListener,
} from '../../../src/adapters/net/listen-port.ts';
import { type Deferred, makeDeferred } from '../../../src/base/abort.ts';

/** The client's side of a connection. */
export interface FakeCaller {
  write(text: string): void;
  /** Says no more; hears on. */
  end(): void;
  /** Goes away. */
  close(): void;
  /** Takes nothing for now: who writes to it waits. */
  isSlow: boolean;
  readonly received: string;
  /** How the other side ended it. */
  readonly ending: 'open' | 'ended' | 'reset';
}

class FakeConnection implements LocalConnection {
  readonly #over: Deferred<void> = makeDeferred();
  readonly #chunks: Uint8Array[] = [];
  #hasCallerEnded = false;
  #hasEnded = false;
  #isOver = false;
  #news: Deferred<void> = makeDeferred();
  #received = '';
  #ending: FakeCaller['ending'] = 'open';
  readonly caller: FakeCaller;

  constructor() {
    const self = this;
    this.caller = {
      isSlow: false,
      write: text => self.#change(() => self.#chunks.push(Buffer.from(text))),
      end: () => self.#change(() => (self.#hasCallerEnded = true)),
      close: () => self.#finish('open'),
      get received() {
        return self.#received;
      },
      get ending() {
        return self.#ending;
      },
    };
  }

  get closed(): Promise<void> {
    return this.#over.promise;
  }

  get incoming(): AsyncIterable<Uint8Array> {
    return this.#read();
  }

  async write(chunk: Uint8Array): Promise<void> {
    while (this.caller.isSlow && !this.#isOver) await new Promise(resolve => setImmediate(resolve));
    if (!this.#isOver) this.#received += Buffer.from(chunk).toString();
  }

  async end(): Promise<void> {
    if (this.#isOver) return;
    this.#ending = 'ended';
    this.#hasEnded = true;
    if (this.#hasCallerEnded) this.#finish('ended');
  }

  reset(): void {
    this.#finish('reset');
  }

  dispose(): void {
    this.#finish('ended');
  }

  #finish(ending: FakeCaller['ending']): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#ending === 'open') this.#ending = ending;
    this.#over.resolve();
    this.#change(() => {});
  }

  #change(run: () => void): void {
    run();
    if (this.#hasCallerEnded && this.#hasEnded) this.#finish('ended');
    this.#news.resolve();
    this.#news = makeDeferred();
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk && !this.#isOver) yield chunk;
      else if (this.#isOver || this.#hasCallerEnded) return;
      else await this.#news.promise;
    }
  }
}

interface Listening extends LocalListener {
  readonly host: string;
  readonly onConnection: (connection: LocalConnection) => void;
}

export class FakeListen {
  readonly #open = new Map<number, Listening>();
  /** Ports that other processes have. */
  readonly taken = new Set<number>();
  /** Hosts that this machine does not have. */
  readonly strangers = new Set<string>();
  #lastPort = 40_000;

  /** Ports that are listened on. */
  get ports(): readonly number[] {
    return [...this.#open.keys()];
  }

  readonly listen = async (
    { host, port }: ListenRequest,
    onConnection: (connection: LocalConnection) => void,
  ): Promise<LocalListener> => {
    await new Promise(resolve => setImmediate(resolve));
    const where = `${host || 'localhost'}:${port}`;
    if (this.strangers.has(host)) throw new ListenError('unusable', `host ${host} is not on this machine`);
    if (this.taken.has(port) || this.#open.has(port))
      throw new ListenError('taken', `listening on ${where}: address already in use`);
    const chosen = port === 0 ? ++this.#lastPort : port;
    const addresses = host === '' || host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
    const listening: Listening = {
      host,
      addresses,
      port: chosen,
      onConnection,
      dispose: () => this.#open.delete(chosen),
    };
    this.#open.set(chosen, listening);
    return listening;
  };

  /** Undefined when nobody listens there. */
  connect(port: number): FakeCaller | undefined {
    const listening = this.#open.get(port);
    if (!listening) return undefined;
    const connection = new FakeConnection();
    listening.onConnection(connection);
    return connection.caller;
  }
}
