// An object that a Tiltfile asks for.
import type { Kind, Kinds } from '../api/kinds.ts';
import type { ObjectMeta } from '../api/meta.ts';

export type DesiredObject = { readonly [K in Kind]: { readonly kind: K; readonly object: Kinds[K] } }[Kind];

/** Makes an object that belongs to a Tiltfile. */
export type MakeObject = <K extends Kind>(
  kind: K,
  meta: ObjectMeta,
  body: Omit<Partial<Kinds[K]>, 'metadata'>,
) => DesiredObject;
