// What a query may say about a list or a watch, besides selectors; what cannot be read is told as Kubernetes does.
import { type StatusCause, StatusError } from '../../api/status-error.ts';
import { invalidOptions } from './write-options.ts';

/** Throws StatusError BadRequest or Invalid. */
export function checkListOptions(query: URLSearchParams): void {
  for (const name of ['limit', 'timeoutSeconds']) {
    const text = query.get(name);
    if (text && !/^[+-]?\d+$/.test(text))
      throw new StatusError('BadRequest', `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  const cause = matchProblem(query);
  if (cause) throw invalidOptions('ListOptions', [cause]);
}

/** A watch that begins with what there is has a match and no version. */
function matchProblem(query: URLSearchParams): StatusCause | undefined {
  const field = 'resourceVersionMatch';
  const match = query.get(field);
  if (!match) return undefined;
  if (match !== 'Exact' && match !== 'NotOlderThan') {
    const message = `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`;
    return { reason: 'FieldValueNotSupported', message, field };
  }
  if (query.get('resourceVersion') || query.has('sendInitialEvents')) return undefined;
  const message = 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided';
  return { reason: 'FieldValueForbidden', message, field };
}
