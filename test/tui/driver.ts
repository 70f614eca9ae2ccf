// The screen in a test: a fake terminal, a fake client, a clock that is turned by hand. Keys by name, the picture as text.
import type { ExecutionContext } from 'ava';
import { ManualClock } from '../../src/base/clock.ts';
import type { Capabilities } from '../../src/terminal/capabilities.ts';
import { makeShell } from '../../src/terminal/shell.ts';
import type { ScreenHost } from '../../src/tui/host.ts';
import { makeKeymap } from '../../src/tui/keymap.ts';
import { defaultKeymapData } from '../../src/tui/keymap-data.ts';
import { readSavedView, type SavedView } from '../../src/tui/saved-view.ts';
import { Screen, type ScreenOptions } from '../../src/tui/screen.ts';
import { makeTheme } from '../../src/tui/theme.ts';
import { loadTheme, terminalTheme } from '../../src/tui/theme-data.ts';
import type { Usage } from '../../src/tui/usage.ts';
import { type FakeTerminal, makeFakeTerminal } from '../support/fake-terminal.ts';
import { type FakeClient, fakeSession, makeFakeClient } from '../support/fakes/fake-client.ts';

export interface Driver {
  readonly client: FakeClient;
  readonly terminal: FakeTerminal;
  readonly clock: ManualClock;
  readonly screen: Screen;
  /** Lets everything that waits run: reads of the log, promises, timers up to `ms`. */
  settle(ms?: number): Promise<void>;
  /** Presses keys as a keymap writes them and settles. */
  press(keys: string): Promise<void>;
  /** Types a text, letter by letter, and settles. */
  type(text: string): Promise<void>;
  /** The painted rows. */
  rows(): string[];
  text(): string;
  /** Name of the selected resource or group. */
  selected(): string;
  readonly hurried: number;
  /** What the host was asked for. */
  readonly hosted: readonly string[];
  /** What was saved of the view. */
  readonly views: readonly SavedView[];
}

export interface DriverOptions {
  readonly size?: string;
  readonly capabilities?: Partial<Capabilities>;
  readonly ascii?: boolean;
  readonly keymap?: unknown;
  readonly client?: FakeClient;
  readonly savedView?: unknown;
  /** Name of a built-in theme that stands on the default one, by way of others perhaps. */
  readonly theme?: string;
  /** What the cluster's metrics say; left out: it has none. */
  readonly podUsage?: ReadonlyMap<string, Usage>;
  /** How what runs in a container ends; left out: it is left while it goes on. */
  readonly containerEnds?: Promise<{ readonly exitCode: number }>;
  /** The shell that takes over when the screen is quiet; none by default. */
  readonly loadShell?: ScreenOptions['loadShell'];
}

const nothing = { dispose() {} };
const idleTerminal = { write() {}, resize() {}, onOutput: () => nothing, onEnd: () => nothing };

export async function drive(t: ExecutionContext, options: DriverOptions = {}): Promise<Driver> {
  const [columns = 80, rows = 24] = (options.size ?? '80x24').split('x').map(Number);
  const terminal = makeFakeTerminal({ columns, rows }, options.capabilities);
  const client = options.client ?? makeFakeClient();
  const clock = new ManualClock(fakeSession.startedAtMs + 3_600_000);
  const ascii = options.ascii ?? false;
  const { keymap } = makeKeymap([{ data: defaultKeymapData }, ...(options.keymap ? [{ data: options.keymap }] : [])]);
  let hurried = 0;
  let samples = 0;
  const hosted: string[] = [];
  const views: SavedView[] = [];
  const host: ScreenHost = {
    async saveLog(filter, file) {
      hosted.push(`save ${file} ${JSON.stringify(filter)}`);
      return { file, lines: 3 };
    },
    async openUrl() {
      return false;
    },
    async capture(command, stdin) {
      hosted.push(`capture ${command.join(' ')}${stdin ? ` < ${stdin.split('\n')[0]}` : ''}`);
      return { exitCode: command.includes('diff') ? 1 : 0, stdout: '+ new: 1\n- old: 1\n', stderr: '' };
    },
    async attach(_terminal, greeting) {
      hosted.push(`attach ${greeting}`);
      return options.containerEnds ? 'ended' : 'detached';
    },
    async sampleUsage(pids) {
      samples++;
      return new Map(pids.map(pid => [pid, { cpuMs: samples * 100, residentBytes: 84 * 2 ** 20 }]));
    },
    async samplePods(_cluster, namespaces) {
      if (!options.podUsage) throw new Error('the cluster has no metrics-server (metrics.k8s.io)');
      hosted.push(`metrics of ${namespaces.join(' ')}`);
      return options.podUsage;
    },
    async loadTheme(name) {
      const data = await loadTheme(name);
      return makeTheme([data, terminalTheme], { ascii }).theme;
    },
    saveView(view) {
      views.push(view);
    },
    tunnelLine: port => (options.capabilities?.remote ? `ssh -N -L ${port}:localhost:${port} ann@example` : undefined),
    hostName: 'here',
    async findFile(places) {
      return places.find(place => !place.file.includes('missing'));
    },
    async edit(place) {
      hosted.push(`edit ${place.file}:${place.line}`);
    },
    async openInContainer({ pod, container, command = ['attach'] }) {
      hosted.push(`open ${pod.namespace}/${pod.name} ${container}: ${command.join(' ')}`);
      return { ...idleTerminal, ended: options.containerEnds ?? Promise.resolve({ exitCode: 3 }), dispose() {} };
    },
    async keepText(text) {
      hosted.push(`keep ${text.length}`);
      return '/tmp/copied.txt';
    },
  };
  const screen = new Screen({
    terminal,
    clock,
    client,
    host,
    keymap,
    ascii,
    theme: makeTheme(await themeChain(options.theme), { ascii }).theme,
    project: 'shop',
    shell: makeShell(),
    ...(options.loadShell ? { loadShell: options.loadShell } : {}),
    savedView: readSavedView(options.savedView),
    graceMs: 5000,
    hurry: () => {
      hurried++;
    },
  });
  t.teardown(() => screen.dispose());
  const driver: Driver = {
    client,
    terminal,
    clock,
    screen,
    async settle(ms = 40) {
      for (let i = 0; i < 6; i++) {
        await new Promise(resolve => setImmediate(resolve));
        clock.advance(ms / 6);
      }
      await new Promise(resolve => setImmediate(resolve));
      terminal.flush();
    },
    async press(keys) {
      terminal.press(keys);
      await driver.settle();
    },
    async type(text) {
      for (const letter of text) terminal.press(letter === ' ' ? 'space' : letter);
      await driver.settle();
    },
    rows: () => terminal.rows(),
    text: () => terminal.rows().join('\n'),
    selected() {
      const { rows: list, selected } = screen.model.list;
      const row = list[selected];
      return row?.kind === 'group' ? `[${row.label}]` : (row?.resource.name ?? '');
    },
    hosted,
    views,
    get hurried() {
      return hurried;
    },
  };
  await driver.settle();
  return driver;
}

async function themeChain(name = 'terminal'): Promise<unknown[]> {
  const layers: unknown[] = [];
  for (let next: string | undefined = name; next !== undefined; ) {
    const data = (await loadTheme(next)) as { readonly inherits?: string };
    layers.push(data);
    next = data.inherits;
  }
  return layers;
}

/** A project with something of everything. */
export function fillShop(client: FakeClient): void {
  const at = (agoMs: number): string => new Date(fakeSession.startedAtMs + 3_600_000 - agoMs).toISOString();
  const ready = (agoMs: number) => [{ type: 'Ready', status: 'True', lastTransitionTime: at(agoMs) }] as const;
  client.setResource('(Tiltfile)', {
    order: 1,
    updateStatus: 'ok',
    runtimeStatus: 'not_applicable',
    buildHistory: [{ startTime: at(3_599_000), finishTime: at(3_598_000) }],
  });
  const server = (order: number, agoMs: number, port: number) => ({
    order,
    updateStatus: 'not_applicable' as const,
    runtimeStatus: 'ok' as const,
    conditions: ready(agoMs),
    endpointLinks: [{ url: `http://localhost:${port}/` }],
  });
  client.setResource('postgres', server(2, 3_500_000, 5432), ['backend']);
  client.setResource('api', { ...server(3, 0, 8080), runtimeStatus: 'error', conditions: [] }, ['backend']);
  client.setProcess('api', { terminated: { pid: 77, exitCode: 2, finishedAt: at(120_000) } });
  client.setResource(
    'worker',
    { order: 4, updateStatus: 'in_progress', runtimeStatus: 'pending', currentBuild: { startTime: at(4000) } },
    ['backend'],
  );
  client.setResource('web', server(5, 12_000, 3000), ['frontend']);
  client.setResource(
    'lint',
    {
      order: 6,
      updateStatus: 'error',
      runtimeStatus: 'not_applicable',
      buildHistory: [
        { error: 'Command "npm run lint" failed: exit status 1', startTime: at(64_000), finishTime: at(61_000) },
      ],
    },
    ['frontend'],
  );
  client.setResource(
    'e2e',
    {
      order: 7,
      updateStatus: 'pending',
      runtimeStatus: 'not_applicable',
      waiting: { reason: 'waiting-for-dep', on: [{ name: 'api' }] },
    },
    ['jobs'],
  );
  client.setResource('seed', { order: 8, updateStatus: 'none', runtimeStatus: 'not_applicable', triggerMode: 2 }, [
    'jobs',
  ]);
  client.setResource('docs', { order: 9, disableStatus: { state: 'Disabled' } });
  client.log('(Tiltfile)', 'Loading Tiltfile at: /home/ann/shop/Tiltfile', 'Successfully loaded Tiltfile (8ms)');
  client.log(
    'api',
    { text: '', buildEvent: 'init', source: 'build' },
    { text: 'Initial Build', buildEvent: 'init', source: 'build' },
    'listening on \x1b[32m:8080\x1b[0m',
    { text: 'panic: runtime error: invalid memory address or nil pointer dereference', level: 'error', isAnchor: true },
    '\tmain.connect(0xc0000b2000) /src/cmd/api/db.go:42 +0x1d 表示 🙂',
  );
  client.log('web', 'compiled in 312 ms');
}
