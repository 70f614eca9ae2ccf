// Runs part of the tests: `node scripts/test.mjs test/store test/logs/segments.test.ts [-- ava flags]`.
// Builds only those into a folder of their own, so that several runs don't disturb each other.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTests } from './build-tests.mjs';

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const split = process.argv.indexOf('--');
const wanted = process.argv.slice(2, split < 0 ? undefined : split);
const flags = split < 0 ? [] : process.argv.slice(split + 1);
const files = wanted.flatMap(w =>
  fs.statSync(w).isDirectory()
    ? fs
        .readdirSync(w, { recursive: true })
        .map(String)
        .filter(f => f.endsWith('.test.ts'))
        .map(f => path.join(w, f))
    : [w],
);
const outdir = `build/only-${createHash('sha1').update(wanted.join('\n')).digest('hex').slice(0, 10)}`;
await buildTests(files, outdir);
const done = spawnSync('node_modules/.bin/ava', flags, {
  stdio: 'inherit',
  env: { ...process.env, AVA_FILES: `${outdir}/**/*.test.js` },
});
process.exitCode = done.status ?? 1;
