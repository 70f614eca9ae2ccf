// Whether extensions may still bring resources: a session that counts what it has must wait for them.
import { annotations, mainTiltfile } from '../api/meta.ts';
import type { Store } from '../store/port.ts';

interface FoundStatus {
  readonly path?: string;
  readonly error?: string;
}

/** True while an extension's Tiltfile has not run once, or its repository was not looked at yet. A download that failed is over. */
export function areExtensionsSettling(store: Store): boolean {
  return store.list('Extension').some(({ metadata, spec }) => {
    if (metadata.annotations?.[annotations.managedBy]) return false;
    const repo = store.get('ExtensionRepo', (spec as { readonly repoName?: string } | undefined)?.repoName ?? '');
    if (!repo) return false;
    const found = repo.status as FoundStatus | undefined;
    if (found?.error !== undefined) return false;
    if (!found?.path) return true;
    const status = store.get('Extension', metadata.name)?.status as FoundStatus | undefined;
    if (!status?.path) return status?.error === undefined || status.error.startsWith('extension repo not ');
    return metadata.name !== mainTiltfile && !store.get('Tiltfile', metadata.name)?.status?.terminated;
  });
}
