// Collects the licence texts of every library that esbuild put into the bundle.
import fs from 'node:fs';
import path from 'node:path';

/** Writes the name, version and licence text of each bundled package to `target`. */
export function writeLicences(metafile, target) {
  const folders = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]);
  }
  const parts = [...folders].sort().map(folder => {
    const pkg = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(folder).find(f => /^(licen[cs]e|copying)/i.test(f));
    const text = file
      ? fs.readFileSync(path.join(folder, file), 'utf8').trim()
      : `Licence: ${pkg.license ?? 'see the package'}`;
    return `${pkg.name} ${pkg.version}\n\n${text}\n`;
  });
  fs.writeFileSync(target, parts.join(`\n${'-'.repeat(80)}\n\n`));
}
