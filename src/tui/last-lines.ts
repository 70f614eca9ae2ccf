// What stays on the normal screen when the full one is left: at most ten lines that say what stopped, what had failed,
// where the log is and how to come back.
import { shortAge } from './ages.ts';
import type { ResourceRow } from './resource-row.ts';
import { isProblem } from './row-state.ts';

export interface LastLinesInput {
  readonly project: string;
  readonly startedAtMs: number;
  readonly nowMs: number;
  /** As they were before leaving. */
  readonly resources: readonly ResourceRow[];
  readonly progress: readonly string[];
  /** Something was taken away: what was said of that counts more than what had failed before. */
  readonly hasTakenAway?: boolean;
  readonly logDirectory: string;
  /** It could not be written to its end. */
  readonly isLogIncomplete?: boolean;
  /** The command that starts it again. */
  readonly again: string;
}

const maxProblems = 4;
const maxProgress = 3;
/** Where the other lines are not shown. */
const maxTakenAway = maxProgress + maxProblems;

export function lastLines(input: LastLinesInput): string[] {
  const { progress, hasTakenAway = false } = input;
  const problems = hasTakenAway ? [] : input.resources.filter(isProblem);
  const most = hasTakenAway ? maxTakenAway : maxProgress;
  const failed = problems.map(row => `${row.name} ${row.reason ? `${row.word}: ${row.reason}` : row.word}`);
  const isAllStops = progress.every(line => line.endsWith(' stopped'));
  return [
    `${input.project}: left after ${shortAge(input.nowMs - input.startedAtMs)}`,
    ...newest(progress, most, isAllStops ? 'more stopped' : 'lines before').map(line => `  ${line}`),
    ...first(failed, maxProblems, 'more had failed').map(line => `  ${line}`),
    `  log    ${input.logDirectory}${input.isLogIncomplete ? ', not complete: it could not be written' : ''}`,
    `  again  ${input.again}`,
  ];
}

/** All lines, or the last ones and how many there are beside them. */
function newest(lines: readonly string[], most: number, what: string): readonly string[] {
  if (lines.length <= most) return lines;
  const kept = lines.slice(1 - most);
  return [...kept, `and ${lines.length - kept.length} ${what}`];
}

function first(lines: readonly string[], most: number, what: string): readonly string[] {
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most - 1);
  return [...kept, `and ${lines.length - kept.length} ${what}`];
}
