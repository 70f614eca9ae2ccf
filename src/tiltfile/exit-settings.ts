// What exit_settings says of the end of a session, read as one answer (reference: the exit prompt and --on-exit decide too).
// Does not: end anything.
import type { ExitSettings } from './result.ts';

/** What becomes of the resources when the session ends; undefined: the Tiltfile leaves it to the user. */
export type ExitAction = 'down' | 'disable' | 'keep';

/** Down wins over disable. Both switched off on purpose is an answer too: everything is kept. */
export function exitActionOf({ down, disable }: ExitSettings): ExitAction | undefined {
  if (down) return 'down';
  if (disable) return 'disable';
  return down === undefined && disable === undefined ? undefined : 'keep';
}

/** What makes no sense in the settings as they are after the last call; undefined when all does. */
export function exitSettingsWarning({ down, disable, deleteNamespaces }: ExitSettings): string | undefined {
  if (!deleteNamespaces || down || disable) return undefined;
  return 'exit_settings: delete_namespaces has no effect without down=True or disable=True';
}

/** Why a text cannot be the name of a snapshot; undefined when it can. `%s` stands for the time. */
export function snapshotNameProblem(name: string): string | undefined {
  if (name === '') return 'snapshot is a bool or the name of a file, and this name is empty';
  const parts = name.split('%s');
  if (parts.some(part => part.includes('%'))) return 'snapshot may hold %s for the time, and no other %';
  return parts.length > 2 ? 'snapshot may hold %s at most once' : undefined;
}
