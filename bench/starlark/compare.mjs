// Whole processes, best of several: our interpreter against the executable named in STARLARK_PEER (starlark-go's
// cmd/starlark). Without it only our times are shown. Needs a build: `npm run build && node bench/starlark/compare.mjs`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const peer = process.env.STARLARK_PEER;
const rounds = Number(process.env.ROUNDS ?? 5);
/** The ratio that is aimed at. */
const goals = { 'loop.star': 0.3, 'range-loop.star': 1 };

function bestMs(command, args) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const folder = path.join(here, 'programs');
for (const file of fs.readdirSync(folder).sort()) {
  const program = path.join(folder, file);
  const ours = bestMs(process.execPath, [path.join(here, 'run-file.mjs'), program]);
  const theirs = peer ? bestMs(peer, ['-recursion', '-globalreassign', program]) : undefined;
  const ratio =
    theirs === undefined
      ? ''
      : `${theirs.toFixed(0).padStart(7)} ms ${(ours / theirs).toFixed(2)} of at most ${goals[file] ?? 1}`;
  console.log(`${file.padEnd(18)} ${ours.toFixed(0).padStart(6)} ms ${ratio}`);
}
