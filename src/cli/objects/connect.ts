import { apiClient } from '../api-connection.ts';
import type { CommandRun } from '../command.ts';
import { ObjectClient } from './object-client.ts';

/** The objects of the session that `--port` means. Rejects with NotRunningError. */
export async function connectObjects(run: CommandRun): Promise<ObjectClient> {
  return new ObjectClient(await apiClient(run));
}
