import { loadOnce, tiltfileErrorText } from '../../app/load-once.ts';
import { textWidth } from '../../base/text-width.ts';
import type { ResourceDefinition, TiltfileResult } from '../../tiltfile/result.ts';
import { type Command, CommandFailed } from '../command.ts';
import { fileFlag, kubeFlags } from '../shared-flags.ts';
import { tiltfileRequest } from '../tiltfile-request.ts';

export const command: Command = {
  usage: '[flags] [-- <Tiltfile args>]',
  summary: 'Show what the Tiltfile defines, and start nothing',
  help: `Evaluate the Tiltfile and show its resources: name, kind, labels and what each depends on.
Nothing is built, deployed or watched. Resources that the Tiltfile or the arguments leave out are marked "off".`,
  flags: [
    fileFlag,
    ...kubeFlags,
    { name: 'output', short: 'o', type: 'string', help: 'Print in this format: name or json' },
  ],
  async run(run) {
    const { io, flags } = run;
    const output = flags.string('output');
    if (!['', 'name', 'json'].includes(output))
      throw new CommandFailed(`unknown output format "${output}": name and json are known`);
    // The Tiltfile's own output is not what was asked for; warnings and errors are worth a line.
    const onLog = (text: string, level: string): void => {
      if (level === 'warn') io.stderr.write(`WARNING: ${text}`);
    };
    const result = await loadOnce({ request: tiltfileRequest(run, 'list'), env: io.env, onLog });
    if (result.error) throw new CommandFailed(tiltfileErrorText(result.error));
    io.stdout.write(render(result, output));
    return 0;
  },
};

function render(result: TiltfileResult, output: string): string {
  const enabled = new Set(result.enabled);
  if (output === 'name') return result.resources.map(r => `${r.name}\n`).join('');
  if (output === 'json') {
    const list = result.resources.map(({ name, spec }) => ({
      name,
      kind: spec.target.kind,
      labels: Object.keys(spec.labels),
      resourceDeps: spec.resourceDeps,
      enabled: enabled.has(name),
    }));
    return `${JSON.stringify(list, null, 2)}\n`;
  }
  if (result.resources.length === 0) return 'The Tiltfile defines no resources.\n';
  return table([['NAME', 'KIND', 'LABELS', 'NEEDS'], ...result.resources.map(r => row(r, enabled.has(r.name)))]);
}

function row({ name, spec }: ResourceDefinition, isEnabled: boolean): string[] {
  const manual = spec.triggerMode === 1 || spec.triggerMode === 2 ? ', manual' : '';
  const kind = `${spec.target.kind}${manual}${isEnabled ? '' : ', off'}`;
  return [name, kind, Object.keys(spec.labels).join(', '), spec.resourceDeps.join(', ')];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(cells => textWidth(cells[column]!))));
  const lines = rows.map(cells =>
    cells
      .map((cell, i) => cell + ' '.repeat(widths[i]! - textWidth(cell)))
      .join('   ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
