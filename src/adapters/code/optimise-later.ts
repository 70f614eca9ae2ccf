// When V8 compiles what runs often. Node 20's begins so early that a program of a tenth of a second, which evaluates a long
// Tiltfile once, pays for code that is hardly used: 1,000 resources took 130 ms, with four times the patience 108 ms, and
// loops of millions of rounds take as long as before. Later versions judge better.
import { versions } from 'node:process';

/** Bytes of byte code that a function runs before it is considered; Node 20 has 67,584. */
const interruptBudget = 264_000;

/** For the rest of the process. Code of a pack that is opened afterwards is compiled anew. */
export async function optimiseLater(): Promise<void> {
  if (!versions.v8.startsWith('11.')) return;
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString(`--interrupt-budget=${interruptBudget}`);
}
