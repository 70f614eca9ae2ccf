import type { PortForward } from '../../api/kinds-kubernetes.ts';
import type { UIResource } from '../../api/kinds-session.ts';
import { annotations } from '../../api/meta.ts';
import { textWidth } from '../../base/text-width.ts';
import { NotRunningError } from '../../client/errors.ts';
import { runningPorts } from '../../client/find-session.ts';
import { isVolumeWarning } from '../../engine/kubernetes-event.ts';
import { noPodWords } from '../../engine/workload-trouble.ts';
import { apiClient } from '../api-connection.ts';
import type { Command, CommandRun } from '../command.ts';
import { connectFlags } from '../shared-flags.ts';
import { stateDirectoryOf } from '../state-directory-of.ts';

const someFailed = 1;
const noSession = 3;

export const command: Command = {
  usage: '[flags]',
  summary: 'Say in one line a resource how a running session is doing',
  help: `Print one line for each resource of the running session: its name, its state in a word, and why if it is not well.

Exit code 0: nothing failed. 1: something failed. 3: no session runs on that port.`,
  flags: connectFlags,
  async run(run) {
    const { io } = run;
    let items: readonly UIResource[];
    let forwards: readonly PortForward[];
    try {
      const api = await apiClient(run);
      items = (await api.list('UIResource').catch(error => noAnswer(run, error))).items;
      // A real Tilt may answer, of whatever version.
      forwards = await api.list('PortForward').then(
        list => list.items,
        () => [],
      );
    } catch (error) {
      if (!(error instanceof NotRunningError)) throw error;
      io.stderr.write(`Error: ${error.message}\n`);
      return noSession;
    }
    const sorted = [...items].sort((a, b) => (a.status?.order ?? 0) - (b.status?.order ?? 0));
    const rows = sorted.map(resource => {
      const { name } = resource.metadata;
      const own = forwards.filter(({ metadata }) => metadata.annotations?.[annotations.resource] === name);
      return { name, ...describe(resource, own) };
    });
    const width = Math.max(0, ...rows.map(row => textWidth(row.name)));
    for (const row of rows) io.stdout.write(`${row.name}${' '.repeat(width - textWidth(row.name))}   ${row.text}\n`);
    return rows.some(row => row.failed) ? someFailed : 0;
  },
};

/** An entry is left of a session that was killed: nobody answers where it was. */
async function noAnswer(run: CommandRun, error: unknown): Promise<never> {
  if (!(error instanceof NotRunningError)) throw error;
  const { io, flags } = run;
  const others = await runningPorts({ stateDirectory: stateDirectoryOf(io), env: io.env });
  const hint = others.length === 0 ? '' : `\nTilt runs with: ${others.map(port => `--port ${port}`).join(', ')}`;
  throw new NotRunningError(
    `No tilt session runs on port ${flags.int('port')}; the last one there ended without closing down.${hint}`,
  );
}

interface Description {
  readonly text: string;
  readonly failed: boolean;
}

function describe({ status = {} }: UIResource, forwards: readonly PortForward[]): Description {
  const { updateStatus, runtimeStatus, buildHistory, waiting, disableStatus } = status;
  if (disableStatus?.state === 'Disabled') return { text: 'disabled', failed: false };
  if (updateStatus === 'error')
    return { text: `error: ${mainLine(buildHistory?.[0]?.error ?? 'the update failed')}`, failed: true };
  if (runtimeStatus === 'error') {
    return { text: `error${podReason(status) || ': its process ended'}`, failed: true };
  }
  if (updateStatus === 'in_progress') return { text: 'building', failed: false };
  if (waiting) return { text: `waits: ${waiting.reason}${names(waiting.on)}`, failed: false };
  if (updateStatus === 'pending') return { text: 'waits for its turn', failed: false };
  if (runtimeStatus === 'pending') return { text: pendingText(status), failed: false };
  if (runtimeStatus === 'ok') return { text: readyText(status, forwards), failed: false };
  if (updateStatus === 'ok') return { text: 'done', failed: false };
  return { text: 'not started', failed: false };
}

/** `ready, but :8080 is down: ...`, for what is not well of something that is. */
function readyText(status: NonNullable<UIResource['status']>, forwards: readonly PortForward[]): string {
  const down = forwards.flatMap(found => (found.status?.forwardStatuses ?? []).filter(({ error }) => error));
  const said = [
    ...[mainLine(String(status.k8sResourceInfo?.['podStatusMessage'] ?? ''))].filter(text => text !== ''),
    ...down.map(({ localPort, error = '' }) => `:${localPort} is down: ${mainLine(error)}`),
  ];
  return said.length === 0 ? 'ready' : `ready, but ${said.join('; ')}`;
}

/** What has no pod may have been on its way once; when the cluster says why it has none, it is no longer. */
function pendingText(status: NonNullable<UIResource['status']>): string {
  const info = status.k8sResourceInfo;
  const said = mainLine(String(info?.['podStatusMessage'] ?? ''));
  if (said === '' || info?.['podName']) {
    return `${isVolumeWarning(said) ? 'cannot start' : 'starting'}${podReason(status)}`;
  }
  const { word, reason } = noPodWords(said);
  return `${word}: ${reason}`;
}

/** `: ` and what the cluster says of the pod; '' when it says nothing. */
function podReason({ k8sResourceInfo }: NonNullable<UIResource['status']>): string {
  const said = String(k8sResourceInfo?.['podStatusMessage'] ?? '').trim();
  return said === '' ? '' : `: ${mainLine(said)}`;
}

function names(on: readonly { readonly name: string }[] | undefined): string {
  return on && on.length > 0 ? ` ${on.map(ref => ref.name).join(', ')}` : '';
}

/** The line that says what is wrong: the first one, or the last one of a traceback. */
function mainLine(text: string): string {
  const lines = text.trim().split('\n');
  return (/^Traceback /.test(lines[0]!) ? lines.at(-1)! : lines[0]!).trim();
}
