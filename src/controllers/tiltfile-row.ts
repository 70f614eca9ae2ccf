// The row of a Tiltfile among the resources. All Tiltfiles stand before what they define (reference 3.20).
import type { UIResourceStatus } from '../api/kinds-session.ts';
import { formatMicroTime } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import { conditions } from '../engine/resource-status.ts';
import type { Store } from '../store/port.ts';

export interface TiltfileRowDeps {
  readonly store: Store;
  readonly clock: Clock;
}

/** Writes `part` into the row's status; the history of runs stays unless `part` has another. */
export function showTiltfile({ store, clock }: TiltfileRowDeps, name: string, part: UIResourceStatus): void {
  const old = store.get('UIResource', name);
  if (!old) return;
  const update = part.updateStatus ?? 'none';
  store.setStatus('UIResource', name, {
    ...(old.status?.buildHistory ? { buildHistory: old.status.buildHistory } : {}),
    ...part,
    runtimeStatus: 'not_applicable',
    order: places(store).get(name) ?? 1,
    disableStatus: { state: 'Enabled', enabledCount: 0, disabledCount: 0 },
    conditions: conditions(
      { update, runtime: 'not_applicable', disabled: 'Enabled' },
      old.status?.conditions,
      formatMicroTime(clock.now()),
    ),
  });
}

/** By name: the place of each Tiltfile, from 1. */
function places(store: Store): Map<string, number> {
  return new Map(store.list('Tiltfile').map(({ metadata }, i) => [metadata.name, i + 1]));
}

/** Brings the places of all rows up to date, when a Tiltfile went. */
export function reorderTiltfiles(store: Store): void {
  for (const [name, order] of places(store)) {
    const status = store.get('UIResource', name)?.status;
    if (status && status.order !== order) store.setStatus('UIResource', name, { ...status, order });
  }
}
