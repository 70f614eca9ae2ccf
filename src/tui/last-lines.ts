// What stays on the normal screen when the full one is left: at most ten lines that say what stopped, what had failed,
// where the log is and how to come back.
import { shortAge } from './ages.ts';
import { isProblem, type ResourceRow } from './resource-row.ts';

export interface LastLinesInput {
  readonly project: string;
  readonly startedAtMs: number;
  readonly nowMs: number;
  /** As they were before leaving. */
  readonly resources: readonly ResourceRow[];
  readonly progress: readonly string[];
  readonly logDirectory: string;
  /** The command that starts it again. */
  readonly again: string;
}

const maxProblems = 4;
const maxProgress = 3;

export function lastLines(input: LastLinesInput): string[] {
  const problems = input.resources.filter(isProblem);
  const lines = [`${input.project}: left after ${shortAge(input.nowMs - input.startedAtMs)}`];
  lines.push(...input.progress.slice(-maxProgress).map(line => `  ${line}`));
  for (const row of problems.slice(0, maxProblems))
    lines.push(`  ${row.name} ${row.reason ? `${row.word}: ${row.reason}` : row.word}`);
  if (problems.length > maxProblems) lines.push(`  and ${problems.length - maxProblems} more had failed`);
  lines.push(`  log    ${input.logDirectory}`, `  again  ${input.again}`);
  return lines;
}
