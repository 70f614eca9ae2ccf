// Objects picked by regular expressions on what they are (reference 2.5).
import { goRegex } from '../go-regex.ts';
import { type Entity, namespaceOf, splitSelector } from './entity.ts';

/** Regular expressions of Go's syntax; '' matches everything. */
export interface ObjectSelector {
  readonly apiVersionRegexp: string;
  readonly kindRegexp: string;
  readonly nameRegexp: string;
  readonly namespaceRegexp: string;
}

const compiled = new Map<string, RegExp>();

/** A regular expression of Go's syntax, made once. */
function compile(source: string): RegExp {
  const known = compiled.get(source);
  if (known) return known;
  const form = goRegex(source);
  compiled.set(source, form);
  return form;
}

/** True when the object is one that the selector means. */
export function matchesSelector(selector: ObjectSelector, entity: Entity): boolean {
  return (
    compile(selector.apiVersionRegexp).test(entity.apiVersion) &&
    compile(selector.kindRegexp).test(entity.kind) &&
    compile(selector.nameRegexp).test(entity.name) &&
    compile(selector.namespaceRegexp).test(namespaceOf(entity))
  );
}

function blind(source: string): string {
  return source === '' ? '' : `(?i)${source}`;
}

/** Expressions that may match anywhere. Throws for one that is none. */
export function partialSelector(apiVersion: string, kind: string, name = '', namespace = ''): ObjectSelector {
  const selector = {
    apiVersionRegexp: blind(apiVersion),
    kindRegexp: blind(kind),
    nameRegexp: blind(name),
    namespaceRegexp: blind(namespace),
  };
  const given: readonly (readonly [string, string, string])[] = [
    ['apiVersion', selector.apiVersionRegexp, apiVersion],
    ['kind', selector.kindRegexp, kind],
    ['name', selector.nameRegexp, name],
    ['namespace', selector.namespaceRegexp, namespace],
  ];
  for (const [what, source] of given) {
    try {
      compile(source);
    } catch (error) {
      throw new Error(`error parsing ${what} regexp: error parsing regexp: ${(error as Error).message}`);
    }
  }
  return selector;
}

function exact(text: string): string {
  return text === '' ? '' : `^(?i)${text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')}$`;
}

/** The selector of a fragment `name[:kind[:namespace]]`. Throws for too many parts. */
export function fragmentSelector(fragment: string): ObjectSelector {
  const parts = splitSelector(fragment);
  if (fragment === '') throw new Error("selector can't be empty");
  if (parts.length > 3) {
    throw new Error(
      `Too many parts in selector. Selectors must contain between 1 and 3 parts (colon separated), found ${parts.length} parts in ${fragment}`,
    );
  }
  const [name = '', kind = '', namespace = ''] = parts;
  return { apiVersionRegexp: '', kindRegexp: exact(kind), nameRegexp: exact(name), namespaceRegexp: exact(namespace) };
}
