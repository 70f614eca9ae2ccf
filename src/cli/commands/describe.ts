import type { Command } from '../command.ts';
import { filenameFlags, selectorFlag } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  summary: 'Show everything about objects',
  help: `Show everything that objects hold, in words. A name that no object has may be how names begin.`,
  examples: `  tilt describe uiresource web
  tilt describe cmd`,
  flags: [...connectFlags, ...filenameFlags(), selectorFlag],
  async run(run) {
    const { describeObjects } = await import('../objects/describe.ts');
    return tellingFailures(run.io, async () => describeObjects(run));
  },
};
