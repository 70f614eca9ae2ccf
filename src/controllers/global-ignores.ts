// What every watch of a Tiltfile leaves out: .tiltignore, watch_settings(ignore=), and the files in which builds
// write the name of what they built, which would set off the build that wrote them.
import path from 'node:path';
import type { IgnoreDef } from '../api/shared-types.ts';
import type { TiltfileResult } from '../tiltfile/result.ts';

const known = new WeakMap<TiltfileResult, readonly IgnoreDef[]>();

/** The ignores for all watches that a result asks for. */
export function globalIgnores(result: TiltfileResult): readonly IgnoreDef[] {
  const before = known.get(result);
  if (before) return before;
  const ignores = [...result.settings.watchIgnores, ...outputFiles(result)];
  known.set(result, ignores);
  return ignores;
}

function outputFiles(result: TiltfileResult): IgnoreDef[] {
  const files = new Set<string>();
  for (const { images = [] } of result.resources) {
    for (const { build } of images) {
      const file = build.kind === 'custom' ? build.spec['outputsImageRefTo'] : undefined;
      if (typeof file === 'string' && file !== '') files.add(file);
    }
  }
  return [...files].map(file => ({ basePath: path.dirname(file), patterns: [path.basename(file)] }));
}
