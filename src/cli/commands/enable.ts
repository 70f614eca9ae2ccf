import type { Command } from '../command.ts';
import { changeEnablement } from '../enablement.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '{-l <label> | <resource>...} | --all',
  summary: 'Switch resources on',
  flags: [
    ...connectFlags,
    { name: 'all', type: 'bool', help: 'Every resource' },
    { name: 'labels', short: 'l', type: 'strings', help: 'Resources that have any of these labels' },
    { name: 'only', type: 'bool', help: 'Switch every other resource off' },
  ],
  run: run => changeEnablement(run, false, true),
};
