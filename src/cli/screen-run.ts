// `up` on a terminal: takes the terminal and paints the first frame before the program's larger parts are loaded, then
// hands over to the screen with its session. However it ends, the terminal is restored.
import { systemClock } from '../base/clock.ts';
import { canUseScreen, capabilitiesOf } from '../terminal/capabilities.ts';
import type { InputEvent } from '../terminal/input-events.ts';
import { openTerminal } from '../terminal/lifecycle.ts';
import { makeShell } from '../terminal/shell.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { firstPane } from '../tui/first-frame.ts';
import { defaultTheme } from '../tui/theme.ts';
import type { CommandRun } from './command.ts';
import { earlyTiltfileWorker } from './early-tiltfile-worker.ts';
import { projectName } from './project-name.ts';
import { StrayText } from './stray-text.ts';

/** Runs `up` with the full screen; resolves to the exit code. Where there is no full screen the log is printed. */
export async function runScreen(run: CommandRun): Promise<number> {
  const { io } = run;
  const able = canUseScreen({ stdin: io.stdin, stdout: io.stdout, env: io.env });
  if (!able.ok) {
    io.stderr.write(`The log is printed instead of the screen: ${able.reason}\n`);
    const { runStream } = await import('./stream-run.ts');
    return runStream(run, 'up', earlyTiltfileWorker(io));
  }
  const stray = new StrayText();
  const capabilities = capabilitiesOf(io.env);
  const terminal = openTerminal({ capabilities, onStrayOutput: text => stray.take(text) });
  const theme = defaultTheme(!capabilities.unicode);
  const early: InputEvent[] = [];
  const listening = terminal.onInput(event => early.push(event));
  try {
    const shell = makeShell();
    const starting = shell.add(firstPane(projectName(run), theme));
    terminal.requestFrame(grid => shell.paint(grid), 'key');
    await firstFrame(terminal);
    // It gets ready while the program's larger parts are loaded.
    const startTiltfileWorker = earlyTiltfileWorker(io);
    const { runScreenSession } = await import('./screen-session.ts');
    return await runScreenSession({ run, startTiltfileWorker, terminal, shell, starting, stray, early, listening });
  } finally {
    listening.dispose();
    await terminal.close();
    // What nobody took is better late than never.
    io.stderr.write(stray.rest);
  }
}

/** How long loading may wait for a first frame that does not come, in ms. */
const firstFrameMs = 50;

/** Resolves when the first frame was written: loading code blocks everything else. */
function firstFrame(terminal: Terminal): Promise<void> {
  const startMs = systemClock.monotonic();
  return new Promise(resolve => {
    const look = (): void => {
      if (terminal.output.frames > 0 || systemClock.monotonic() - startMs > firstFrameMs) resolve();
      else systemClock.after(1, look);
    };
    look();
  });
}
