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
  'tiltfile-worker': 'src/tiltfile/worker-entry.ts',
  'log-search-worker': 'src/logs/search-worker.ts',
};
/** What an entry uses at once becomes a part of it, what it imports later stays a module. */
const laterIsElsewhere = {
  name: 'later-is-elsewhere',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ kind, path: file, resolveDir }) =>
      kind === 'dynamic-import'
        ? { path: file, external: true }
        : { path: path.resolve(resolveDir, file), sideEffects: false },
    ),
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
const result = await build({
  ...sharedOptions(),
  ...options,
  entryPoints: present,
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
});
dropUnusedBanners('dist');
for (const name of ['tilt', 'tiltfile-worker']) await writeEntry('dist', name);
fs.chmodSync('dist/tilt.js', 0o755);
fs.writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
await buildPacks('dist', options);
// For the test that asserts what each command loads; not part of the package.
fs.mkdirSync('build', { recursive: true });
fs.writeFileSync('build/meta.json', JSON.stringify(result.metafile));
writeLicences(result.metafile, 'dist/licences.txt');
// The types of the package's `./starlark`, where package.json says they are; they speak of a module.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
fs.writeFileSync('dist/types/package.json', '{ "type": "module" }\n');

if (process.argv.includes('--tests')) {
  const tests = fs
    .readdirSync('test', { recursive: true })
    .map(String)
    .filter(f => f.endsWith('.test.ts'))
    .map(f => path.join('test', f));
  await buildTests(tests, 'build/test');
}

/**
 * Makes NAME.js of the built entry NAME.mjs: a CommonJS script, as a module costs each start of the program or of a thread
 * the setting up of Node's loader for them (about 8 ms).
 */
async function writeEntry(folder, name) {
  const built = path.join(folder, `${name}.mjs`);
  const text = fs.readFileSync(built, 'utf8');
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: folder, sourcefile: built },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    define: { 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' },
    plugins: [laterIsElsewhere],
    logLevel: 'error',
  });
  fs.writeFileSync(path.join(folder, `${name}.js`), `#!/usr/bin/env node\n${outputFiles[0].text}`);
  fs.rmSync(built);
}
