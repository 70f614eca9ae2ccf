// x.name: reading, writing, and finding the method that a call names.
import { fail, NoSuchAttrError, StarlarkError } from '../errors.ts';
import {
  bytesMethods,
  dictMethods,
  listMethods,
  type MethodTable,
  setMethods,
  stringMethods,
} from '../library/methods.ts';
import { Bytes } from '../values/bytes.ts';
import { BoundMethod, type Method } from '../values/callable.ts';
import { Dict, List, StarlarkSet } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { jsString } from '../values/text.ts';
import { StarlarkObject, type Thread, type Value } from '../values/value.ts';
import { nearestSpelling } from './spelling.ts';

/** An attribute's name with the methods of builtin types that have it, so that a call finds its method without a search. */
export interface AttributeName {
  readonly name: string;
  readonly string: Method | undefined;
  readonly list: Method | undefined;
  readonly dict: Method | undefined;
  readonly set: Method | undefined;
  readonly bytes: Method | undefined;
}

/** The AttributeName of a name (a Starlark string). */
export function attributeName(name: string): AttributeName {
  return {
    name,
    string: stringMethods.get(name),
    list: listMethods.get(name),
    dict: dictMethods.get(name),
    set: setMethods.get(name),
    bytes: bytesMethods.get(name),
  };
}

/** The methods of a builtin type, or undefined for a value of another type. */
function methodsOf(value: Value): MethodTable | undefined {
  if (typeof value === 'string') return stringMethods;
  if (value instanceof List) return listMethods;
  if (value instanceof Dict) return dictMethods;
  if (value instanceof StarlarkSet) return setMethods;
  return value instanceof Bytes ? bytesMethods : undefined;
}

/** The attributes that dir() lists. */
export function attributeNames(value: Value): readonly string[] {
  const methods = methodsOf(value);
  if (methods) return [...methods.keys()].sort();
  return value instanceof StarlarkObject && value.attrNames ? [...value.attrNames()].sort() : [];
}

/** The attribute, or undefined when the value has none of that name. May throw what a host value throws. */
export function findAttribute(value: Value, name: string): Value | undefined {
  const methods = methodsOf(value);
  if (methods) {
    const method = methods.get(name);
    return method && new BoundMethod(method, value);
  }
  return value instanceof StarlarkObject ? value.attr?.(name) : undefined;
}

function failUnknown(value: Value, name: string, message: string): never {
  const nearest = nearestSpelling(name, attributeNames(value));
  return fail(nearest === undefined ? message : `${message} (did you mean .${nearest}?)`);
}

/** `value.name`, or throws with a hint. */
export function getAttribute(value: Value, name: string): Value {
  let found: Value | undefined;
  try {
    found = findAttribute(value, name);
  } catch (error) {
    if (error instanceof NoSuchAttrError) failUnknown(value, name, error.message);
    throw error;
  }
  return found === undefined ? failUnknown(value, name, `${typeOf(value)} has no .${name} field or method`) : found;
}

/** `value.name` at `offset` of the running function. */
export function attr(thread: Thread, value: Value, name: AttributeName, offset: number): Value {
  thread.counters[thread.depth] = offset;
  return getAttribute(value, name.name);
}

/** What `value.name(...)` calls: the method itself where a builtin type has it, so that no bound method is made. */
export function method(thread: Thread, value: Value, name: AttributeName, offset: number): Value | Method {
  let found: Method | undefined;
  if (typeof value === 'string') found = name.string;
  else if (value instanceof List) found = name.list;
  else if (value instanceof Dict) found = name.dict;
  else if (value instanceof StarlarkSet) found = name.set;
  else if (value instanceof Bytes) found = name.bytes;
  if (found !== undefined) return found;
  thread.counters[thread.depth] = offset;
  return getAttribute(value, name.name);
}

/** `target.name = value`. */
export function setField(thread: Thread, target: Value, name: AttributeName, value: Value, offset: number): void {
  thread.counters[thread.depth] = offset;
  if (!(target instanceof StarlarkObject) || !target.setField) {
    fail(`can't assign to .${name.name} field of ${typeOf(target)}`);
  }
  try {
    target.setField(name.name, value);
  } catch (error) {
    if (!(error instanceof NoSuchAttrError)) throw error;
    const nearest = nearestSpelling(name.name, attributeNames(target));
    if (nearest === undefined) throw error;
    throw new StarlarkError(`${error.message} (did you mean .${jsString(nearest)}?)`);
  }
}
