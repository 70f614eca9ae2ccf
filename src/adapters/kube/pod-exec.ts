// A command in a container.
import { makeDeferred } from '../../base/abort.ts';
import { statusError } from './kube-errors.ts';
import { podPath } from './pod-logs.ts';
import { openPodSocket, type PodSocket, type PodSocketDeps } from './pod-socket.ts';
import { type ExecRequest, KubeError } from './port.ts';
import { queryOf } from './resource-path.ts';

const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 };
/** The older one cannot end the input of a command. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** Rejects with KubeError when the command could not run or the way broke off; a command that fails has an exit code. */
export async function execInPod(request: ExecRequest, deps: PodSocketDeps): Promise<{ readonly exitCode: number }> {
  const { pod, container, command, stdin, onStdout, onStderr } = request;
  const ended = makeDeferred<{ readonly exitCode: number }>();
  ended.promise.catch(() => {});
  let status = '';
  const query = queryOf({ container, command, stdin: stdin !== undefined, stdout: true, stderr: true });
  const socket = await openPodSocket(podPath(pod, 'exec') + query, protocols, deps, {
    onMessage(channel, data) {
      if (channel === channels.stdout && data.length > 0) onStdout(data);
      else if (channel === channels.stderr && data.length > 0) onStderr(data);
      else if (channel === channels.status) status += data.toString();
    },
    onClose(error) {
      try {
        if (status !== '') ended.resolve({ exitCode: exitCodeOf(status) });
        else ended.reject(error ?? new KubeError('the connection ended before the command did', { code: 0 }));
      } catch (problem) {
        ended.reject(problem);
      }
    },
  });
  try {
    const feeding = stdin ? feed(socket, stdin) : Promise.resolve();
    // A command that ends before it has read everything closes the socket; what it answered is what counts.
    feeding.catch(error => {
      if (!(error instanceof KubeError)) ended.reject(error);
    });
    return await ended.promise;
  } finally {
    socket.dispose();
  }
}

async function feed(socket: PodSocket, stdin: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of stdin) await socket.send(channels.stdin, chunk);
  if (socket.protocol === protocols[0]) await socket.send(channels.close, Uint8Array.of(channels.stdin));
}

interface ExecStatus {
  readonly status?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/** From the Status that closes a command. Throws KubeError when the command never ran. */
export function exitCodeOf(text: string): number {
  const status = JSON.parse(text) as ExecStatus;
  if (status.status === 'Success') return 0;
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode');
  if (status.reason === 'NonZeroExitCode' && cause) return Number(cause.message);
  throw statusError({ kind: 'Status', ...status });
}
