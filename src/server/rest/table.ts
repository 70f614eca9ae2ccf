// Objects as rows for people (`kubectl get`).
import { columnsOf } from '../../api/columns.ts';
import type { Kind } from '../../api/kinds.ts';
import type { ApiObject } from '../../api/meta.ts';
import { StatusError } from '../../api/status-error.ts';

export type IncludeObject = 'Metadata' | 'None' | 'Object';

/** How much of each object comes with its row. Throws StatusError BadRequest. */
export function readIncludeObject(query: URLSearchParams): IncludeObject {
  const given = query.get('includeObject') || 'Metadata';
  if (given === 'Metadata' || given === 'None' || given === 'Object') return given;
  throw new StatusError('BadRequest', `unrecognized includeObject value: ${JSON.stringify(given)}`);
}

/** A Table of the objects. */
export function toTable(
  kind: Kind,
  objects: readonly ApiObject[],
  include: IncludeObject,
  resourceVersion: string,
): Record<string, unknown> {
  const columns = columnsOf(kind);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: columns.map(({ cell: _cell, ...definition }) => definition),
    rows: objects.map(object => ({ cells: columns.map(c => c.cell(object)), ...includedObject(object, include) })),
  };
}

function includedObject(object: ApiObject, include: IncludeObject): Record<string, unknown> {
  if (include === 'None') return {};
  if (include === 'Object') return { object };
  const { metadata } = object;
  return { object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata } };
}
