// The port is taken, and by one of ours: who starts a second session learns how to reach the first.
import { PortInUseError } from '../server/listener.ts';
import type { SessionRecord } from '../state/sessions.ts';
import type { Standing } from './standing.ts';

/** A session runs on the port. The message is that of the port alone. */
export class PortTakenBySessionError extends Error {
  override name = 'PortTakenBySessionError';
  readonly session: SessionRecord;

  constructor(message: string, session: SessionRecord) {
    super(message);
    this.session = session;
  }
}

/** The error of a start that failed, with the session that is in its way where there is one. */
export function withSessionInTheWay(error: unknown, { known }: Standing): unknown {
  if (!(error instanceof PortInUseError)) return error;
  const inTheWay = known.find(({ record, isAlive }) => isAlive && record.webPort === error.port);
  return inTheWay ? new PortTakenBySessionError(error.message, inTheWay.record) : error;
}
