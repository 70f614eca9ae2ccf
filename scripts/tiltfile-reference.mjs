// Writes api/tiltfile.pyi, the page of all names of a Tiltfile, from the sources. A test fails when it is old.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { sharedOptions } from './build-options.mjs';

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltfile-reference-'));
const outfile = path.join(folder, 'reference.mjs');
try {
  await build({
    ...sharedOptions(),
    absWorkingDir: process.cwd(),
    entryPoints: [path.resolve('src/tiltfile/reference.ts')],
    outfile,
  });
  const { referencePage } = await import(pathToFileURL(outfile).href);
  fs.mkdirSync('api', { recursive: true });
  fs.writeFileSync('api/tiltfile.pyi', referencePage());
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
