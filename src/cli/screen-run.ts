// `up` on a terminal. Until the screen is there this is the stream.
import type { CommandRun } from './command.ts';
import { runStream } from './stream-run.ts';

export function runScreen(run: CommandRun): Promise<number> {
  return runStream(run, 'up');
}
