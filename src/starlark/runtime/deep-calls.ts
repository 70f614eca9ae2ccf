// Recursion that takes no JavaScript stack. Beyond a depth that any stack can hold, functions run as generators: a call
// yields, and the loop below runs what was called until it returns. Quick calls stay quick, and a program may recur as
// deeply as starlark-go lets it, on any thread.
import type { StarlarkFunction } from '../values/callable.ts';
import type { DeepCall, Thread, Value } from '../values/value.ts';

/** From this depth on functions run as generators where they can. */
export const deepFrom = 200;

/** Runs a function that was entered at `deepFrom` or deeper. */
export function callDeep(thread: Thread, fn: StarlarkFunction, params: readonly Value[]): Value {
  return fn.deep === undefined ? fn.js(thread, ...params) : runDeep(thread, fn.deep(thread, ...params));
}

/** Runs the generator of a function that was entered, and of all it calls. After a failure `thread.depth` still tells where. */
function runDeep(thread: Thread, first: DeepCall): Value {
  const active: DeepCall[] = [];
  let running = first;
  let value: Value = null;
  for (;;) {
    const step = resume(running, value, active);
    if (!step.done) {
      active.push(running);
      running = thread.called!;
      continue;
    }
    value = step.value;
    const caller = active.pop();
    if (!caller) return value;
    thread.depth--;
    running = caller;
  }
}

function resume(running: DeepCall, value: Value, active: readonly DeepCall[]): IteratorResult<undefined, Value> {
  try {
    return running.next(value);
  } catch (error) {
    throw unwound(active, error);
  }
}

/** Ends the loops of all active calls, innermost first, as a failure does. */
function unwound(active: readonly DeepCall[], error: unknown): unknown {
  let thrown = error;
  for (let i = active.length - 1; i >= 0; i--) {
    try {
      active[i]!.throw(thrown);
    } catch (next) {
      thrown = next;
    }
  }
  return thrown;
}
