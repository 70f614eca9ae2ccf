// What, when it changes in the Tiltfile, asks for a new build (reference 4.5).
// Labels, links, dependencies, trigger mode, deps and ignores of local resources do not.
import type { DeployTarget } from '../api/kinds-internal.ts';

/** A text that is equal for two definitions exactly if the second needs no build after the first. */
export function buildInputs(target: DeployTarget, images: readonly string[]): string {
  switch (target.kind) {
    case 'local':
      return JSON.stringify([
        'local',
        target.updateCmd ?? null,
        target.serveCmd ?? null,
        target.readinessProbe ?? null,
        target.tty ?? false,
        images,
      ]);
    case 'k8s':
      return JSON.stringify(['k8s', target.apply, target.podReadiness, images]);
    case 'docker-compose':
      return JSON.stringify(['docker-compose', target.service, images]);
  }
}
