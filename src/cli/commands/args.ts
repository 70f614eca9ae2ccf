import { isDeepStrictEqual } from 'node:util';
import { editText } from '../../adapters/exec/editor.ts';
import { shellQuote } from '../../adapters/exec/shell-quote.ts';
import { mainTiltfile } from '../../api/meta.ts';
import { apiClient } from '../api-connection.ts';
import { type Command, CommandFailed, type CommandRun } from '../command.ts';
import { saying } from '../connection.ts';
import { connectFlags } from '../shared-flags.ts';

export const command: Command = {
  usage: '[<flags>] [-- <Tiltfile args>]',
  summary: 'Change the Tiltfile args of a running session',
  help: `Give the Tiltfile of the running session new arguments; it runs again with them. Without arguments an editor
(TILT_EDITOR, EDITOR, or vi) opens with the current ones. --clear takes all arguments away.`,
  flags: [...connectFlags, { name: 'clear', type: 'bool', help: 'Take all arguments away' }],
  async run(run) {
    const { io, flags, positionals } = run;
    const api = await saying(apiClient(run));
    const tiltfile = await saying(api.get('Tiltfile', mainTiltfile));
    if (flags.bool('clear') && positionals.length > 0)
      throw new CommandFailed('--clear cannot be specified with other values');
    const current = tiltfile.spec?.args ?? [];
    const args = flags.bool('clear') ? [] : positionals.length > 0 ? positionals : await edit(run, current);
    const address = `${flags.string('host')}:${flags.int('port')}`;
    if (isDeepStrictEqual(args, current)) {
      io.stderr.write('Tilt is already running with those args -- no action taken\n');
      return 0;
    }
    // The last one who says so wins, also over somebody who changes the Tiltfile's object at the same time.
    await saying(api.patch('Tiltfile', mainTiltfile, { spec: { args } }));
    io.stderr.write(`Changed config args for Tilt running at ${address} to [${args.join(' ')}]\n`);
    return 0;
  },
};

async function edit({ io }: CommandRun, current: readonly string[]): Promise<string[]> {
  const head = '# Change the Tiltfile args below: one line, as for a shell. Lines that begin with # are left out.\n';
  const editor = io.env['TILT_EDITOR'] || io.env['EDITOR'] || 'vi';
  const { default: quoting } = await import('shell-quote');
  const edited = await editText({ editor, text: `${head}${current.map(shellQuote).join(' ')}\n`, suffix: '.txt' });
  if ('problem' in edited) throw new CommandFailed(edited.problem);
  const lines = edited.text.split('\n').filter(line => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (lines.length > 1) throw new CommandFailed('cannot have multiple non-comment lines');
  if (lines.length === 0)
    throw new CommandFailed(
      'must have exactly one non-comment line, found zero. If you want to clear the args, use `tilt args --clear`',
    );
  if (hasOpenQuote(lines[0]!)) throw new CommandFailed(`cannot parse the args ${lines[0]}: a quote is not closed`);
  const words = quoting.parse(lines[0]!, name => `$${name}`);
  return words.map(word => {
    if (typeof word !== 'string')
      throw new CommandFailed(`the args hold shell syntax: ${JSON.stringify(word)}; quote it`);
    return word;
  });
}

/** True when a quote is opened and never closed; a parser of shell words takes it for nothing. */
function hasOpenQuote(line: string): boolean {
  return !/^(?:[^'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")*\\?$/s.test(line);
}
