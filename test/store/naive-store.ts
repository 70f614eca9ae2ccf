// The simplest store that could be right: copies everything, keeps every event. The real one is compared with it.
import type { ApiObject } from '../../src/api/meta.ts';

export type Plain = ApiObject<Record<string, unknown>, Record<string, unknown>>;
export interface NaiveEvent {
  type: string;
  kind: string;
  name: string;
  version: number;
}

const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
}

export class NaiveStore {
  version = 1;
  objects = new Map<string, Plain>();
  events: NaiveEvent[] = [];

  #write(key: string, object: Plain, type: string): void {
    const [kind, name] = key.split(' ') as [string, string];
    const meta = { ...object.metadata, resourceVersion: String(++this.version) };
    const next = copy({ ...object, metadata: meta });
    if (type === 'DELETED') this.objects.delete(key);
    else this.objects.set(key, next);
    this.events.push({ type, kind, name, version: this.version });
  }

  create(kind: string, object: Plain): string {
    const key = `${kind} ${object.metadata.name}`;
    if (this.objects.has(key)) return 'AlreadyExists';
    const { status: _s, ...rest } = copy(object);
    this.#write(key, { ...rest, metadata: { ...rest.metadata, generation: 1 } }, 'ADDED');
    return 'ok';
  }

  update(kind: string, object: Plain): string {
    const key = `${kind} ${object.metadata.name}`;
    const old = this.objects.get(key);
    if (!old) return 'NotFound';
    const given = object.metadata.resourceVersion;
    if (given && given !== old.metadata.resourceVersion) return 'Conflict';
    const sameSpec = same(old.spec, object.spec);
    const owned = (o: Plain): unknown => [o.metadata.labels ?? {}, o.metadata.finalizers ?? []];
    if (sameSpec && same(owned(old), owned(object))) return 'ok';
    const next = copy(old) as unknown as { spec?: unknown; metadata: Record<string, unknown> };
    next.spec = copy(object.spec);
    next.metadata['labels'] = copy(object.metadata.labels);
    next.metadata['finalizers'] = copy(object.metadata.finalizers);
    if (old.metadata.deletionTimestamp && !object.metadata.finalizers?.length) {
      this.#write(key, next as unknown as Plain, 'DELETED');
      return 'ok';
    }
    if (!sameSpec) next.metadata['generation'] = old.metadata.generation! + 1;
    this.#write(key, next as unknown as Plain, 'MODIFIED');
    return 'ok';
  }

  setStatus(kind: string, name: string, status: Record<string, unknown>): string {
    const key = `${kind} ${name}`;
    const old = this.objects.get(key);
    if (!old) return 'NotFound';
    if (!same(old.status, status)) this.#write(key, { ...old, status: copy(status) }, 'MODIFIED');
    return 'ok';
  }

  delete(kind: string, name: string): string {
    const key = `${kind} ${name}`;
    const old = this.objects.get(key);
    if (!old) return 'NotFound';
    if (!old.metadata.finalizers?.length) this.#write(key, old, 'DELETED');
    else if (!old.metadata.deletionTimestamp) {
      const metadata = { ...old.metadata, deletionTimestamp: 'set', generation: old.metadata.generation! + 1 };
      this.#write(key, { ...old, metadata }, 'MODIFIED');
    }
    return 'ok';
  }
}
