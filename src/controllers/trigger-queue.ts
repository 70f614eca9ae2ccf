// Who asked for an update, in order: the unserved TriggerQueue object, and its public mirror, the ConfigMap
// `tilt-trigger-queue` with the keys `<n>-name` and `<n>-reason-code` (reference 3.4, 4.3).
import type { TriggerQueueEntry } from '../api/kinds-internal.ts';
import { apiVersion } from '../api/meta.ts';
import type { Store } from '../store/port.ts';

const objectName = 'queue';
const mirrorName = 'tilt-trigger-queue';

export class TriggerQueue {
  #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.create('TriggerQueue', { apiVersion, kind: 'TriggerQueue', metadata: { name: objectName } });
    store.create('ConfigMap', { apiVersion, kind: 'ConfigMap', metadata: { name: mirrorName } });
  }

  get entries(): readonly TriggerQueueEntry[] {
    return this.#store.get('TriggerQueue', objectName)?.status?.entries ?? [];
  }

  has(name: string): boolean {
    return this.reasons(name) !== 0;
  }

  /** Reason bits of the resource's entry, 0 when it has none. */
  reasons(name: string): number {
    return this.entries.find(entry => entry.name === name)?.reasons ?? 0;
  }

  /** Adds the resource at the end, or adds the reason to the entry it has. */
  add(name: string, reasons: number): void {
    const has = this.has(name);
    const entries = has
      ? this.entries.map(entry => (entry.name === name ? { name, reasons: entry.reasons | reasons } : entry))
      : [...this.entries, { name, reasons }];
    this.#write(entries);
  }

  remove(name: string): void {
    if (this.has(name)) this.#write(this.entries.filter(entry => entry.name !== name));
  }

  #write(entries: readonly TriggerQueueEntry[]): void {
    this.#store.setStatus('TriggerQueue', objectName, { entries });
    const data: Record<string, string> = {};
    entries.forEach((entry, i) => {
      data[`${i}-name`] = entry.name;
      data[`${i}-reason-code`] = String(entry.reasons);
    });
    this.#store.upsert('ConfigMap', { apiVersion, kind: 'ConfigMap', metadata: { name: mirrorName }, data });
  }
}
