// Builds test files for ava; node_modules stay outside the bundle.
import fs from 'node:fs';
import { build } from 'esbuild';
import { sharedOptions } from './build-options.mjs';

/** Bundles `files` (under test/) into `outdir`, one module each, shared code in chunks. */
export async function buildTests(files, outdir) {
  fs.rmSync(outdir, { recursive: true, force: true });
  await build({
    ...sharedOptions(),
    entryPoints: files,
    outbase: 'test',
    outdir,
    splitting: true,
    packages: 'external',
    sourcemap: true,
  });
}
