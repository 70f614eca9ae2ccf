// A terminal in a pod: of a command that is started in a container, or of the container's own process.
import { makeDeferred } from '../../base/abort.ts';
import type { Disposable } from '../../base/disposable.ts';
import { exitCodeOf } from './pod-exec.ts';
import { podPath } from './pod-logs.ts';
import { openPodSocket, type PodSocketDeps } from './pod-socket.ts';
import { KubeError, type PodTerminal, type TerminalRequest } from './port.ts';
import { queryOf } from './resource-path.ts';

const channels = { stdin: 0, stdout: 1, status: 3, resize: 4 };
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** Rejects with KubeError when the pod cannot be reached; a command that is not there is told by how the terminal ends. */
export async function openPodTerminal(request: TerminalRequest, deps: PodSocketDeps): Promise<PodTerminal> {
  const { pod, container, command } = request;
  const ended = makeDeferred<{ readonly exitCode: number }>();
  ended.promise.catch(() => {});
  const output = new Output();
  let status = '';
  const query = queryOf({ container, ...(command ? { command } : {}), stdin: true, stdout: true, tty: true });
  const socket = await openPodSocket(podPath(pod, command ? 'exec' : 'attach') + query, protocols, deps, {
    onMessage(channel, data) {
      if (channel === channels.stdout && data.length > 0) output.write(data);
      else if (channel === channels.status) status += data.toString();
    },
    onClose(error) {
      try {
        if (status !== '') ended.resolve({ exitCode: exitCodeOf(status) });
        else ended.reject(error ?? new KubeError('the connection ended before the process did', { code: 0 }));
      } catch (problem) {
        ended.reject(problem);
      }
    },
  });
  // What is typed at a connection that has ended goes nowhere; how it ended is told.
  const send = (channel: number, text: string): void => void socket.send(channel, Buffer.from(text)).catch(() => {});
  return {
    write: input => send(channels.stdin, input),
    resize: ({ columns, rows }) => send(channels.resize, JSON.stringify({ Width: columns, Height: rows })),
    onOutput: listener => output.on(listener),
    get hasOutput() {
      return output.isThere;
    },
    ended: ended.promise,
    dispose: () => socket.dispose(),
  };
}

/** Keeps what comes before somebody listens. */
class Output {
  #listener: ((chunk: Uint8Array) => void) | undefined;
  #kept: Buffer[] = [];
  isThere = false;

  write(chunk: Buffer): void {
    this.isThere = true;
    if (this.#listener) this.#listener(chunk);
    else this.#kept.push(Buffer.from(chunk));
  }

  on(listener: (chunk: Uint8Array) => void): Disposable {
    this.#listener = listener;
    for (const chunk of this.#kept.splice(0)) listener(chunk);
    return {
      dispose: () => {
        this.#listener = undefined;
      },
    };
  }
}
