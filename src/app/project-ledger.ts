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
  const file = ledgerFile(standing, tiltfilePath);
  const isShared = standing.known.some(
    ({ record, isAlive }) => isAlive && ledgerFile(standing, record.project) === file,
  );
  return Ledger.open(file, { session: standing.sessionId, now: () => clock.now(), isShared });
}
