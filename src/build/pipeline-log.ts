// The frame of a build's log: steps with their place, what a step says indented below it, and how long it took
// (reference 4.3, build log frame).
import type { Clock } from '../base/clock.ts';

export interface PipelineLog {
  /** Begins a step. */
  step(name: string): void;
  /** A line of the current step, without its end. */
  line(text: string): void;
  /** Ends the frame of a build that went well. */
  done(): void;
}

interface Step {
  readonly name: string;
  readonly beganMs: number;
  readonly tookMs?: number;
}

const indent = '     ';
const blueOn = '\u001b[34m';
const colorOff = '\u001b[0m';

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)}s`;
}

export interface PipelineOptions {
  readonly clock: Clock;
  /** Number of steps that are to come. */
  readonly total: number;
  readonly hasColor: boolean;
}

/** A frame for the steps of one build. `write` takes text with line ends. */
export function makePipelineLog(write: (text: string) => void, options: PipelineOptions): PipelineLog {
  const { clock, total, hasColor } = options;
  const blue = (text: string): string => (hasColor ? `${blueOn}${text}${colorOff}` : text);
  const steps: Step[] = [];
  const beganMs = clock.monotonic();
  const close = (): void => {
    const last = steps.at(-1);
    if (!last || last.tookMs !== undefined) return;
    steps[steps.length - 1] = { ...last, tookMs: clock.monotonic() - last.beganMs };
    write('\n');
  };
  return {
    step(name) {
      close();
      steps.push({ name, beganMs: clock.monotonic() });
      write(`${blue(`STEP ${steps.length}/${total}`)} — ${name}\n`);
    },
    line(text) {
      for (const part of text.split('\n')) write(`${indent}${part}\n`);
    },
    done() {
      close();
      steps.forEach((step, i) => {
        write(`${indent}Step ${i + 1} - ${seconds(step.tookMs ?? 0)} (${step.name})\n`);
      });
      write(`${indent}DONE IN: ${blue(seconds(clock.monotonic() - beganMs))} \n\n`);
    },
  };
}
