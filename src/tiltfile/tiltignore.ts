// `.tiltignore` beside the main Tiltfile: file changes to ignore, in dockerignore syntax (reference 2.8).
import path from 'node:path';
import type { Disk } from '../adapters/disk/port.ts';
import type { IgnoreDef } from '../api/shared-types.ts';
import { ignorePatterns } from './ignore-patterns.ts';

/** The patterns, or undefined when there is no such file or nothing in it. */
export function readTiltignore(disk: Disk, file: string): IgnoreDef | undefined {
  if (!disk.stat(file)?.isFile) return undefined;
  const patterns = ignorePatterns(disk.readFile(file).toString('utf8'));
  return patterns.length > 0 ? { basePath: path.dirname(file), patterns } : undefined;
}
