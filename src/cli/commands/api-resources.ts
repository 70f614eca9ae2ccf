import type { Command } from '../command.ts';
import { tellingFailures } from '../objects/words.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[flags]',
  summary: 'List the types of objects that a session serves',
  help: `List the types of objects that a session serves, with their short names.`,
  flags: [
    ...connectFlags,
    { name: 'api-group', type: 'string', help: 'Only types of this group' },
    { name: 'cached', type: 'bool', help: 'Accepted for compatibility' },
    {
      name: 'namespaced',
      type: 'bool',
      default: true,
      help: 'Given explicitly, only types that stand in a namespace; none does',
    },
    { name: 'sort-by', type: 'string', help: 'name or kind' },
    { name: 'verbs', type: 'strings', help: 'Only types that know all of these verbs' },
  ],
  async run(run) {
    const { printApiResources } = await import('../objects/api-resources.ts');
    return tellingFailures(run.io, async () => printApiResources(run));
  },
};
