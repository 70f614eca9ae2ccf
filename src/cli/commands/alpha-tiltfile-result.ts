import { loadOnce, tiltfileErrorText } from '../../app/load-once.ts';
import { formatGoDuration } from '../../base/go-duration.ts';
import type { TiltfileResult } from '../../tiltfile/result.ts';
import { resultText } from '../../tiltfile/result-json.ts';
import { type Command, CommandFailed } from '../command.ts';
import { fileFlag } from '../shared-flags.ts';
import { tiltfileRequest } from '../tiltfile-request.ts';

/** A Tiltfile that failed, apart from every other failure (reference 1.1). */
const tiltfileErrorCode = 5;

export const command: Command = {
  usage: '[flags]',
  summary: 'Evaluate the Tiltfile and print the result as JSON',
  help: `Evaluate the Tiltfile, and print what it defines as JSON. The Tiltfile's own output is shown on stderr with -v, and
whenever the Tiltfile fails. Exit code 5 means that it failed.`,
  flags: [
    {
      name: 'builtin-timings',
      short: 'b',
      type: 'bool',
      help: 'Print how long each call of a builtin took instead of the result',
    },
    { name: 'context', type: 'string', help: 'Kubernetes context to use instead of the current one' },
    {
      name: 'dur-threshold',
      type: 'duration',
      help: 'With --builtin-timings: only calls that took at least this long',
    },
    fileFlag,
  ],
  async run(run) {
    const { io, flags } = run;
    const log: string[] = [];
    const loadedAt = new Date();
    const wantsTimings = flags.bool('builtin-timings');
    const request = { ...tiltfileRequest(run, 'alpha tiltfile-result'), wantsTimings };
    const onLog = (text: string): void => {
      log.push(text);
    };
    // Node loads its clock when it is first asked, which is a part of what this command takes at all.
    const isTimed = wantsTimings || flags.bool('verbose') || flags.bool('debug');
    const startedAt = isTimed ? performance.now() : 0;
    const result = await loadOnce({ request, env: io.env, onLog });
    if (!result.error?.isMissing) log.unshift(`Loading Tiltfile at: ${request.path}\n`);
    if (result.error) {
      io.stderr.write(`${log.join('')}${tiltfileErrorText(result.error)}\n`);
      return tiltfileErrorCode;
    }
    if (flags.bool('verbose') || flags.bool('debug')) {
      io.stderr.write(
        `${log.join('')}Successfully loaded Tiltfile (${(performance.now() - startedAt).toFixed(6)}ms)\n`,
      );
    }
    if (!wantsTimings) {
      io.print(`${resultText(result, { loadedAt })}\n`);
      return 0;
    }
    const calls = result.timings ?? [];
    if (calls.length === 0) throw new CommandFailed('executed Tiltfile, but recorded no Builtin calls');
    io.print(timings(calls, flags.durationMs('dur-threshold'), performance.now() - startedAt));
    return 0;
  },
};

function timings(calls: NonNullable<TiltfileResult['timings']>, atLeastMs: number, wholeMs: number): string {
  const lines = calls
    .filter(call => call.durationMs >= atLeastMs)
    .map(({ call, durationMs }) => `- ${call} took ${formatGoDuration(durationMs)}\n`);
  return `${lines.join('')}Tiltfile execution took ${formatGoDuration(wholeMs)}\n`;
}
