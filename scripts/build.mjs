// Builds the program into dist/ (one chunk per command, libraries inside) with the types of its library and, with --tests,
// the tests into build/test/.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { dropUnusedBanners, sharedOptions } from './build-options.mjs';
import { buildTests } from './build-tests.mjs';
import { writeLicences } from './licences.mjs';
import { buildPacks } from './packs.mjs';

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

const entries = {
  tilt: 'src/main.ts',
  starlark: 'src/starlark/index.ts',
  'starlark-worker': 'src/starlark/worker.ts',
  'tiltfile-worker': 'src/tiltfile/worker.ts',
};
const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => fs.existsSync(file)));
fs.rmSync('dist', { recursive: true, force: true });
const options = {
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  // neo-blessed names these in widgets that are never loaded (Terminal, ANSIImage); they are not installed.
  external: ['@lydell/node-pty', 'term.js', 'pty.js', 'blessed/*'],
  metafile: true,
};
const result = await build({ ...sharedOptions(), ...options, entryPoints: present, outdir: 'dist' });
dropUnusedBanners('dist');
await buildPacks('dist', options);
// The entry imports esbuild's own helpers, of which it uses none: a module less for every start.
const text = fs.readFileSync('dist/tilt.js', 'utf8').replace(/^import"\.\/chunks\/chunk-\w+\.js";/m, '');
fs.writeFileSync('dist/tilt.js', text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`);
fs.chmodSync('dist/tilt.js', 0o755);
// For the test that asserts what each command loads; not part of the package.
fs.mkdirSync('build', { recursive: true });
fs.writeFileSync('build/meta.json', JSON.stringify(result.metafile));
writeLicences(result.metafile, 'dist/licences.txt');
// The types of the package's `./starlark`, where package.json says they are.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });

if (process.argv.includes('--tests')) {
  const tests = fs
    .readdirSync('test', { recursive: true })
    .map(String)
    .filter(f => f.endsWith('.test.ts'))
    .map(f => path.join('test', f));
  await buildTests(tests, 'build/test');
}
