// Output and control: print goes through the thread; warn, fail, exit, struct, module, blob (reference 2.2).
import {
  builtin,
  jsString,
  makeModule,
  makeStruct,
  None,
  reprOf,
  StarlarkError,
  unpackArgs,
  type Value,
} from '../../starlark/index.ts';
import { Blob } from '../blob.ts';
import { defineBuiltin } from '../define-builtin.ts';
import { evaluationOf, StopExecution } from '../evaluation.ts';

const warn = defineBuiltin('warn', [{ name: 'msg', type: 'string' }], (thread, { msg }) => {
  evaluationOf(thread).warn(msg);
  return None;
});

const failBuiltin = defineBuiltin('fail', [{ name: 'msg', type: 'string' }], (_thread, { msg }) => {
  throw new StarlarkError(msg);
});

const exit = defineBuiltin('exit', [{ name: 'code', optional: true }], (thread, { code }) => {
  // A text is logged as a program would write it, quotes included (reference 7, row 4).
  if (code !== undefined && code !== null) evaluationOf(thread).info(jsString(reprOf(code)));
  throw new StopExecution('exit');
});

const blob = defineBuiltin(
  'blob',
  [{ name: 'input', type: 'raw string' }],
  (_thread, { input }) => new Blob(input, 'Tiltfile blob() call'),
);

const struct = builtin('struct', (_thread, args, kwargs) => {
  if (args.length > 0) throw new StarlarkError('struct: unexpected positional arguments');
  return makeStruct(kwargs);
});

const module = builtin('module', (_thread, args, kwargs) => {
  const { name } = unpackArgs('module', args, [], [{ name: 'name', type: 'string' }]);
  return makeModule(name, Object.fromEntries(kwargs.map(([key, value]) => [jsString(key), value])));
});

/** Names of this topic. */
export function controlBuiltins(): Record<string, Value> {
  return { warn, fail: failBuiltin, exit, blob, struct, module };
}
