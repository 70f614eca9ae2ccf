import type { Command } from '../command.ts';
import { fieldSelectorFlag, filenameFlags, printFlags, selectorFlag } from '../objects/flag-groups.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '([-f FILENAME] | TYPE/NAME | TYPE [(-l label | --all)]) --for=WISH',
  summary: 'Wait until objects are as wanted',
  help: `Wait until a condition holds, a field has a value, or objects come or go.`,
  examples: `  tilt wait --for=condition=Ready uiresource/web
  tilt wait --for=jsonpath='{.status.runtimeStatus}'=ok uiresource --all
  tilt wait --for=delete cmd/hello`,
  flags: [
    ...connectFlags,
    ...printFlags,
    ...filenameFlags(true),
    { name: 'all', type: 'bool', help: 'All objects of the type' },
    { name: 'all-namespaces', short: 'A', type: 'bool', help: 'Accepted for compatibility: there are no namespaces' },
    fieldSelectorFlag,
    {
      name: 'for',
      type: 'stringArray',
      help: 'delete, create, condition=NAME[=VALUE] or jsonpath=PATH[=VALUE]; several: one after the other',
    },
    { name: 'local', type: 'bool', help: 'Accepted for compatibility' },
    selectorFlag,
    { name: 'timeout', type: 'duration', default: '30s', help: 'How long to wait; 0: look once, below 0: a week' },
  ],
  async run(run) {
    const { waitForObjects } = await import('../objects/wait.ts');
    return tellingFailures(run.io, async () => waitForObjects(run));
  },
};
