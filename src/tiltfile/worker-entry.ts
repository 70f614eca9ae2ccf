// What a thread for a Tiltfile runs first: its pack where there is one, else the modules. CommonJS when built, because
// Node sets up its loader of modules for each thread.
import { loadPacked } from '../adapters/code/packed-code.ts';

const { v8 } = process.versions;
const host = {
  v8,
  arch: process.arch,
  builtin: process.getBuiltinModule,
};
if (!loadPacked(`${import.meta.dirname}/packs/tiltfile-worker`, './entry-0.js', host)) void import('./worker.ts');
