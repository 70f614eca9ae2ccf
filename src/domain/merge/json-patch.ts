// JSON Patch (RFC 6902) on plain JSON. The input is never changed; what a patch does not touch is shared.

export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** The patch is no patch, or does not fit the document. */
export class PatchError extends Error {
  override name = 'PatchError';
}

/** The document after all operations. Throws PatchError, and then nothing of the patch holds. */
export function applyJsonPatch(document: unknown, operations: readonly PatchOperation[]): unknown {
  if (!Array.isArray(operations)) throw new PatchError('a JSON patch is a list of operations');
  return operations.reduce<unknown>(applyOperation, document);
}

function applyOperation(document: unknown, operation: PatchOperation): unknown {
  const path = parsePointer(operation.path);
  switch (operation.op) {
    case 'add':
      return insert(document, path, givenValue(operation));
    case 'remove':
      return remove(document, path);
    case 'replace':
      find(document, path);
      return replace(document, path, givenValue(operation));
    case 'move':
      return move(document, parsePointer(operation.from), path);
    case 'copy':
      return insert(document, path, find(document, parsePointer(operation.from)));
    case 'test':
      if (!isSameJson(find(document, path), operation.value))
        throw new PatchError(`testing value ${operation.path} failed`);
      return document;
    default:
      throw new PatchError(`unexpected kind: ${String(operation.op)}`);
  }
}

function givenValue(operation: PatchOperation): unknown {
  if (operation.value === undefined) throw new PatchError(`${operation.op} operation has no value`);
  return operation.value;
}

function move(document: unknown, from: readonly string[], to: readonly string[]): unknown {
  const value = find(document, from);
  const isInside = from.length < to.length && from.every((step, i) => step === to[i]);
  if (isInside) throw new PatchError('a value cannot be moved into itself');
  return insert(remove(document, from), to, value);
}

/** The steps of a JSON pointer (RFC 6901). */
export function parsePointer(pointer: string | undefined): readonly string[] {
  if (typeof pointer !== 'string') throw new PatchError('operation has no path');
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new PatchError(`not a JSON pointer: ${JSON.stringify(pointer)}`);
  return pointer
    .slice(1)
    .split('/')
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function missing(path: readonly string[]): PatchError {
  return new PatchError(`nothing at /${path.join('/')}`);
}

function find(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const step of path) {
    if (Array.isArray(value)) value = value[indexIn(value, step, value.length - 1)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else throw missing(path);
  }
  return value;
}

function indexIn(list: readonly unknown[], step: string, highest: number): number {
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN;
  if (!(index <= highest)) throw new PatchError(`no place ${JSON.stringify(step)} in a list of ${list.length}`);
  return index;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The document with `change` applied to the container that the last step of `path` is about. */
function changeParent(
  document: unknown,
  path: readonly string[],
  change: (container: unknown, step: string) => unknown,
): unknown {
  const [step, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) return change(document, step);
  const child = changeParent(find(document, [step]), rest, change);
  return replace(document, [step], child);
}

/** A copy with one key set. Keys are defined, not assigned, so that `__proto__` is a key like any other. */
function withKey(object: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  const copy = { ...object };
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function replace(document: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  return changeParent(document, path, (container, step) => {
    if (Array.isArray(container)) return container.with(indexIn(container, step, container.length - 1), value);
    if (isObject(container)) return withKey(container, step, value);
    throw missing(path);
  });
}

function insert(document: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  return changeParent(document, path, (container, step) => {
    if (Array.isArray(container)) {
      const index = step === '-' ? container.length : indexIn(container, step, container.length);
      return container.toSpliced(index, 0, value);
    }
    if (isObject(container)) return withKey(container, step, value);
    throw missing(path);
  });
}

function remove(document: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return null;
  find(document, path);
  return changeParent(document, path, (container, step) => {
    if (Array.isArray(container)) return container.toSpliced(indexIn(container, step, container.length - 1), 1);
    const { [step]: _removed, ...rest } = container as Record<string, unknown>;
    return rest;
  });
}

/** True when both are the same JSON; the order of keys does not count. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => isSameJson(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}
