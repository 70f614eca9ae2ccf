import { nearestName } from '../../base/nearest-name.ts';
import { type Command, CommandFailed, type CommandRun } from '../command.ts';

export const command: Command = {
  usage: '[command] [flags]',
  summary: 'Help about any command',
  help: 'Help about any command. `tilt help tiltfile` lists the names of a Tiltfile, `tilt help tiltfile NAME` explains one.',
  flags: [],
  async run(run) {
    const { io, positionals, commands, showHelp } = run;
    if (positionals[0] === 'tiltfile') return await explainTiltfile(run, positionals[1]);
    // The longest command that the words begin with; what follows it is nobody's.
    const known = (length: number): boolean =>
      commands.some(entry => entry.path.join(' ') === positionals.slice(0, length).join(' '));
    let length = positionals.length;
    while (length > 0 && !known(length)) length--;
    if (positionals.length === 0 || length > 0) {
      await showHelp(positionals.slice(0, length));
      return 0;
    }
    io.stderr.write(`Unknown help topic [${positionals.map(word => `\`${word}\``).join(' ')}]\n`);
    await showHelp([], io.stderr);
    return 0;
  },
};

/** The names of a Tiltfile by topic, or one of them; a module's name stands for all its members. */
async function explainTiltfile({ io }: CommandRun, name: string | undefined): Promise<number> {
  const { entryText, languageEntries, referenceEntries } = await import('../../tiltfile/reference.ts');
  const entries = referenceEntries();
  if (name === undefined) {
    for (const topic of new Set(entries.map(entry => entry.topic))) {
      const names = entries.filter(entry => entry.topic === topic).map(entry => entry.name);
      io.stdout.write(`${topic}:\n${names.map(each => `  ${each}\n`).join('')}\n`);
    }
    io.stdout.write('Use "tilt help tiltfile NAME" for the parameters of one.\n');
    return 0;
  }
  const found = entries.filter(entry => entry.name === name || entry.name.startsWith(`${name}.`));
  const ofLanguage = found.length > 0 ? undefined : languageEntries().find(entry => entry.name === name);
  if (ofLanguage) {
    io.stdout.write(`${entryText(ofLanguage)}\n\nThis name belongs to Starlark, the language of a Tiltfile.\n`);
    return 0;
  }
  if (found.length === 0) {
    const nearest = nearestName(
      name,
      [...entries, ...languageEntries()].map(entry => entry.name),
    );
    const hint = nearest === undefined ? '"tilt help tiltfile" lists all names.' : `Did you mean ${nearest}?`;
    throw new CommandFailed(`a Tiltfile has no name ${JSON.stringify(name)}. ${hint}`);
  }
  io.stdout.write(`${found.map(entryText).join('\n\n')}\n`);
  return 0;
}
