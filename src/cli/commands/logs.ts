import type { LogLine } from '../../api/client.ts';
import { makeAbortController, makeDeferred } from '../../base/abort.ts';
import { goDurationProblem, parseGoDuration } from '../../base/go-duration.ts';
import type { LogQuery } from '../../client/log-query.ts';
import { JsonFormatter, StreamFormatter } from '../../logs/stream-format.ts';
import { harmlessText } from '../../terminal/harmless-text.ts';
import { type Command, CommandFailed, type CommandRun } from '../command.ts';
import { saying, webClient } from '../connection.ts';
import { connectFlags } from '../shared-flags.ts';
import { writeSlowly } from '../stdout.ts';

export const command: Command = {
  usage: '[resource1, resource2...]',
  summary: 'Print or follow the logs of a running session',
  help: `Print the log of the running session, of all resources or of those that are named. Unknown names print nothing.`,
  flags: [
    ...connectFlags,
    { name: 'follow', short: 'f', type: 'bool', help: 'Go on printing what comes' },
    { name: 'json', type: 'bool', help: 'One JSON object a line' },
    { name: 'level', type: 'string', help: 'Only lines of this level and above: warn or error' },
    {
      name: 'since',
      type: 'string',
      help: 'Only lines of the last 5m, 1h30m ..., or since a time as RFC 3339 writes it',
    },
    { name: 'source', type: 'string', default: 'all', help: 'Only lines of this source: all, build or runtime' },
    { name: 'tail', type: 'int', default: -1, help: 'Only the last lines of what there is; -1 for all' },
  ],
  async run(run) {
    const { io, flags, positionals } = run;
    const stop = makeAbortController();
    const unsubscribe = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal =>
      io.onSignal(signal as NodeJS.Signals, () => stop.abort()),
    );
    const client = webClient(run, stop.signal);
    const formatter = flags.bool('json')
      ? new JsonFormatter()
      : new StreamFormatter({ hasPrefix: positionals.length !== 1 });
    const lines = client.logs(query(run));
    try {
      const shown = (text: string): string => (io.stdout.isTTY ? harmlessText(text) : text);
      await saying(print(lines, batch => writeSlowly(io.stdout, shown(formatter.format(batch)))));
      await writeSlowly(io.stdout, formatter.end());
    } catch (error) {
      // A reader that left is no failure; another failure to write is told where stdout is watched.
      const isWrite = (error as NodeJS.ErrnoException).syscall === 'write';
      if (!isWrite && !stop.signal.aborted) throw error;
    } finally {
      for (const off of unsubscribe) off();
    }
    return 0;
  },
};

/** Hands on lines as they come, many at a time when they come fast. Rejects as soon as a write does. */
async function print(
  lines: AsyncGenerator<LogLine>,
  write: (batch: readonly LogLine[]) => Promise<void>,
): Promise<void> {
  const batch: LogLine[] = [];
  let flushing: Promise<void> | undefined;
  const broken = makeDeferred<never>();
  // It is waited for beside the next line; without one to come nobody else looks at it.
  broken.promise.catch(() => {});
  const flush = async (): Promise<void> => {
    try {
      while (batch.length > 0) await write(batch.splice(0));
    } catch (error) {
      broken.reject(error as Error);
    }
    flushing = undefined;
  };
  for (;;) {
    const next = await Promise.race([lines.next(), broken.promise]);
    if (next.done) break;
    batch.push(next.value);
    if (batch.length >= 1000) await flushing;
    flushing ??= Promise.resolve().then(flush);
  }
  await flushing;
  if (batch.length > 0) await write(batch);
}

function query({ flags, positionals }: CommandRun): LogQuery {
  const level = flags.string('level').toLowerCase();
  const source = flags.string('source').toLowerCase();
  const since = flags.string('since');
  const tail = flags.int('tail');
  return {
    resources: positionals,
    follow: flags.bool('follow'),
    ...(level === 'warn' || level === 'error' ? { minLevel: level } : {}),
    ...(source === 'build' || source === 'runtime' ? { source } : {}),
    ...(since === '' ? {} : { sinceMs: sinceTime(since) }),
    ...(tail >= 0 ? { tail } : {}),
  };
}

function sinceTime(text: string): number {
  const ago = parseGoDuration(text);
  if (ago !== undefined) return Date.now() - ago;
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new CommandFailed(`${goDurationProblem(text)} (a time is written 2026-01-31T12:00:00Z)`);
  return at;
}
