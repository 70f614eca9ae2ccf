import type { Command } from '../command.ts';
import { fieldManagerFlag, filenameFlags, printFlags, validateFlag } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '(TYPE/NAME | -f FILENAME)',
  summary: 'Change objects in an editor',
  help: `Change objects in the editor of KUBE_EDITOR, TILT_EDITOR or EDITOR, or in vi.`,
  examples: `  tilt edit cm web-disable`,
  flags: [
    ...connectFlags,
    ...printFlags,
    ...filenameFlags(),
    fieldManagerFlag('kubectl-edit'),
    { name: 'output-patch', type: 'bool', help: 'Print the patch that is sent' },
    { name: 'save-config', type: 'bool', help: 'Keep what was given in an annotation, for a later apply' },
    validateFlag,
    { name: 'windows-line-endings', type: 'bool', help: 'Lines in the editor end as on Windows' },
  ],
  async run(run) {
    const { editObjects } = await import('../objects/edit.ts');
    return tellingFailures(run.io, async () => editObjects(run));
  },
};
