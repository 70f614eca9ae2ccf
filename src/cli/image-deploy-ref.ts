// The reference that an image is deployed with: its name, and a tag made of what is in it.
import { runSync } from '../adapters/exec/run-sync.ts';
import { familiarString, parseImageRef } from '../domain/images/image-ref.ts';
import type { CliIo } from './command.ts';

/** Asks Docker for the image. Throws with the words of what failed. */
export function imageDeployRef(io: CliIo, ref: string): string {
  const { name } = parseImageRef(ref);
  const args = ['docker', 'image', 'inspect', '--format', '{{.Id}}', '--', ref];
  const { exitCode, startError, stdout, stderr } = runSync({
    args,
    dir: io.cwd,
    env: io.env as Record<string, string>,
  });
  if (startError !== undefined) throw new Error(`docker cannot be asked: ${startError}`);
  // On failure the standard output has an empty list.
  if (exitCode !== 0) throw new Error(stderr.toString('utf8').trim());
  return familiarString({ name, tag: contentTag(stdout.toString('utf8').trim()), digest: '' });
}

/** `sha256:11cd0eb38bc3ceb9...` as `tilt-11cd0eb38bc3ceb9`. Throws for what is no digest. */
export function contentTag(imageId: string): string {
  const [, hex] = /^[a-z0-9]+:([0-9a-f]{16})[0-9a-f]*$/.exec(imageId) ?? [];
  if (hex === undefined) throw new Error(`the image has an id that is no digest: ${JSON.stringify(imageId)}`);
  return `tilt-${hex}`;
}
