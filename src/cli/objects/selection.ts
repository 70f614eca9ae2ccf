import type { Selection } from '../../client/api-client.ts';
import type { CommandRun } from '../command.ts';

/** The selectors of the command line. */
export function selectionOf({ flags }: CommandRun, hasFieldSelector = true): Selection {
  return {
    labelSelector: flags.string('selector'),
    fieldSelector: hasFieldSelector ? flags.string('field-selector') : '',
  };
}

/** True when the server does not have the object. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as { reason?: string }).reason === 'NotFound';
}
