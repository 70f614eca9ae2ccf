// Where a project's ledger is, and who may tidy it up.
import type { Clock } from '../base/clock.ts';
import { Ledger } from '../state/ledger.ts';
import { projectPaths } from '../state/project-paths.ts';
import type { Standing } from './standing.ts';

export function ledgerFile({ stateDirectory }: Pick<Standing, 'stateDirectory'>, tiltfilePath: string): string {
  return projectPaths(stateDirectory, tiltfilePath).ledger;
}

/** Opens it for this session. While another session of the project writes to it, closed records stay in it. */
export function openLedger(standing: Standing, tiltfilePath: string, clock: Clock): Promise<Ledger> {
  const isShared = hasOtherSession(standing, tiltfilePath);
  const file = ledgerFile(standing, tiltfilePath);
  return Ledger.open(file, { session: standing.sessionId, now: () => clock.now(), isShared });
}

/** True while another session of the project is at work. */
export function hasOtherSession(standing: Standing, tiltfilePath: string): boolean {
  const file = ledgerFile(standing, tiltfilePath);
  return standing.known.some(({ record, isAlive }) => isAlive && ledgerFile(standing, record.project) === file);
}
