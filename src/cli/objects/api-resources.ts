// `tilt api-resources`: the kinds that a session serves.
import { apiVersion, group } from '../../api/meta.ts';
import { type KindInfo, servedKinds } from '../../api/scheme.ts';
import type { CommandRun } from '../command.ts';
import { RowAligner } from './align.ts';
import { wrongUse } from './words.ts';

const verbs: ReadonlySet<string> = new Set([
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]);

/** Prints the table; resolves to the exit code. Throws ObjectFailure. */
export function printApiResources({ flags, io }: CommandRun): number {
  const sortBy = flags.string('sort-by');
  if (sortBy !== '' && sortBy !== 'name' && sortBy !== 'kind') throw wrongUse('--sort-by accepts only name or kind');
  const wantedGroup = flags.string('api-group');
  // No kind stands in a namespace, so that asking for namespaced ones leaves none.
  const isNamespacedOnly = flags.has('namespaced') && flags.bool('namespaced');
  const isShown =
    !isNamespacedOnly &&
    flags.list('verbs').every(verb => verbs.has(verb)) &&
    (!flags.has('api-group') || wantedGroup === group);
  const kinds = isShown ? [...servedKinds].sort(by(sortBy === 'kind' ? 'kind' : 'plural')) : [];
  const rows = kinds.map(({ plural, shortNames, kind }) => [plural, shortNames.join(','), apiVersion, 'false', kind]);
  io.stdout.write(new RowAligner().rows([['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'], ...rows]));
  return 0;
}

function by(field: 'kind' | 'plural'): (a: KindInfo, b: KindInfo) => number {
  return (a, b) => (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0);
}
