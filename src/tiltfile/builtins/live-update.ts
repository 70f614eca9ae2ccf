// Steps of live updates (reference 2.4).
import { formatPlace } from '../../base/diagnostics.ts';
import { jsString, reprOf, type Thread, typeOf, type Value } from '../../starlark/index.ts';
import { commandOf, commandText } from '../commands.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf } from '../evaluation.ts';
import { LiveUpdateStep, type StepAction } from '../live-update.ts';
import { localPaths, valueOrSequence } from '../parameters.ts';

function step(thread: Thread, action: StepAction): LiveUpdateStep {
  const made = new LiveUpdateStep(action, formatPlace(thread.callFrame(1).position));
  evaluationOf(thread).deployment.unusedSteps.set(made.at, {
    at: made.at,
    shown: jsString(made.repr()),
    type: made.typeName,
  });
  return made;
}

const sync = defineBuiltin(
  'sync',
  [
    { name: 'local_path', type: 'string' },
    { name: 'remote_path', type: 'string' },
  ],
  (thread, args) => {
    const localPath = evaluationOf(thread).absolute(args.local_path);
    return step(thread, { is: 'sync', localPath, remotePath: args.remote_path });
  },
);

const run = defineBuiltin(
  'run',
  [{ name: 'cmd' }, { name: 'trigger', optional: true }, { name: 'echo_off', type: 'bool', default: false }],
  (thread, args) => {
    const command = commandOf(thread, args.cmd, { env: {} });
    const triggers = valueOrSequence(args.trigger ?? null).map(trigger => {
      if (typeof trigger === 'string') return jsString(trigger);
      throw new Error(
        `run cmd '${commandText(command?.args ?? [])}' triggers contained value '${jsString(reprOf(trigger))}' of type '${typeOf(trigger)}'. it may only contain strings`,
      );
    });
    return step(thread, { is: 'run', command, triggers, echoOff: args.echo_off });
  },
);

/** Names of this topic. */
export function liveUpdateBuiltins(): Record<string, Value> {
  return {
    initial_sync: defineBuiltin('initial_sync', [], thread => step(thread, { is: 'initial_sync' })),
    fall_back_on: defineBuiltin('fall_back_on', [{ name: 'paths', unpack: localPaths }], (thread, { paths }) =>
      step(thread, { is: 'fall_back_on', files: paths }),
    ),
    sync,
    run,
    restart_container: defineBuiltin('restart_container', [], thread => step(thread, { is: 'restart_container' })),
  };
}
