import { openApiV2 } from '../../api/openapi.ts';
import { version } from '../../base/version.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  usage: '',
  summary: 'Print the OpenAPI document of the API (version 2); needs no session',
  flags: [],
  async run({ io }) {
    io.stdout.write(`${JSON.stringify(openApiV2(version), undefined, 2)}\n`);
    return 0;
  },
};
