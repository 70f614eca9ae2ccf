// What is wrong with the metadata that a caller gives an object, in the words of Kubernetes: labels, annotations,
// finalizers, owners. Names have rules of their own (identifiers.ts).
import type { ObjectMeta, OwnerReference } from './meta.ts';
import type { StatusCause } from './status-error.ts';

/** Keys and values of all annotations of an object together. */
export const maxAnnotationBytes = 256 * 1024;
const longestName = 63;
const longestPrefix = 253;

const namePart =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValue =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const qualifiedForm = " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";

const encoder = new TextEncoder();
const byteLength = (text: string): number => encoder.encode(text).length;

const nameForm = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const subdomainForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Each with the field it is about; empty when nothing is wrong. */
export function metadataProblems(metadata: ObjectMeta): readonly StatusCause[] {
  const { labels = {}, annotations = {}, finalizers = [], ownerReferences = [] } = metadata;
  return [
    ...Object.entries(labels).flatMap(([key, value]) => labelProblems(key, value)),
    ...annotationProblems(annotations),
    ...ownerProblems(ownerReferences),
    ...finalizers.flatMap(finalizer => keyProblems('metadata.finalizers', finalizer)),
  ];
}

function bad(field: string, shown: string, detail: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown}: ${detail}`, field };
}

/** A name, perhaps with a domain in front: `example.com/name`. */
function keyProblems(field: string, key: string): StatusCause[] {
  const parts = key.split('/');
  const shown = JSON.stringify(key);
  if (parts.length > 2) return [bad(field, shown, namePart.replace('name part', 'a valid label key') + qualifiedForm)];
  const [prefix, name] = parts.length === 2 ? [parts[0]!, parts[1]!] : [undefined, parts[0]!];
  return [...prefixDetails(prefix), ...nameDetails(name)].map(detail => bad(field, shown, detail));
}

function prefixDetails(prefix: string | undefined): string[] {
  if (prefix === undefined) return [];
  if (prefix === '') return ['prefix part must be non-empty'];
  return [
    ...(prefix.length > longestPrefix ? [`prefix part must be no more than ${longestPrefix} bytes`] : []),
    ...(subdomainForm.test(prefix) ? [] : [`prefix part ${subdomain}`]),
  ];
}

function nameDetails(name: string): string[] {
  return [
    ...(name === '' ? ['name part must be non-empty'] : []),
    ...(name.length > longestName ? [`name part must be no more than ${longestName} bytes`] : []),
    ...(nameForm.test(name) ? [] : [namePart]),
  ];
}

function labelProblems(key: string, value: string): StatusCause[] {
  const field = 'metadata.labels';
  const shown = JSON.stringify(value);
  return [
    ...keyProblems(field, key),
    ...(byteLength(value) > longestName ? [bad(field, shown, `must be no more than ${longestName} bytes`)] : []),
    ...(value === '' || nameForm.test(value) ? [] : [bad(field, shown, labelValue)]),
  ];
}

function annotationProblems(annotations: Readonly<Record<string, string>>): StatusCause[] {
  const field = 'metadata.annotations';
  // The rule is about keys in lower case.
  const problems = Object.keys(annotations).flatMap(key =>
    keyProblems(field, key.toLowerCase()).map(cause => ({
      ...cause,
      message: cause.message.replace(JSON.stringify(key.toLowerCase()), () => JSON.stringify(key)),
    })),
  );
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) bytes += byteLength(key) + byteLength(value);
  if (bytes <= maxAnnotationBytes) return problems;
  const message = `Too long: may not be more than ${maxAnnotationBytes} bytes`;
  return [...problems, { reason: 'FieldValueTooLong', message, field }];
}

function ownerProblems(owners: readonly OwnerReference[]): StatusCause[] {
  const field = 'metadata.ownerReferences';
  const missing = (part: string, value: string | undefined, what = 'must not be empty'): StatusCause[] =>
    value ? [] : [bad(`${field}.${part}`, '""', what)];
  const problems = owners.flatMap(owner => [
    ...missing('apiVersion', owner.apiVersion, 'version must not be empty'),
    ...missing('kind', owner.kind),
    ...missing('name', owner.name),
    ...missing('uid', owner.uid),
  ]);
  const [first, second] = owners.filter(owner => owner.controller === true);
  if (!first || !second) return problems;
  const who = ({ kind, name }: OwnerReference): string => `${kind}/${name}`;
  const detail = `Only one reference can have Controller set to true. Found "true" in references for ${who(first)} and ${who(second)}`;
  return [...problems, bad(field, JSON.stringify(owners), detail)];
}
