// The methods of the builtin types, by name.
import { fail } from '../errors.ts';
import type { Dict, List } from '../values/collections.ts';
import {
  bytesMethodFunctions,
  dictMethodFunctions,
  listMethodFunctions,
  setMethodFunctions,
} from './collection-methods.ts';
import { methodTable } from './method-table.ts';
import { caseMethods } from './string-case.ts';
import { findMethods } from './string-find.ts';
import { formatMethod } from './string-format.ts';

export type { MethodTable } from './method-table.ts';

export const stringMethods = methodTable({ ...caseMethods, ...findMethods, format: formatMethod });

export const listMethods = methodTable(listMethodFunctions, {
  append: (_thread, self, value) => {
    const list = self as List;
    if (list.frozen || list.iterators > 0)
      fail(`append: cannot append to ${list.frozen ? 'frozen list' : 'list during iteration'}`);
    list.elems.push(value);
    return null;
  },
});

export const dictMethods = methodTable(dictMethodFunctions, {
  get: (thread, self, key) => {
    if (typeof key === 'string') {
      const value = (self as Dict).table.map.get(key);
      return value === undefined ? null : value;
    }
    return dictMethodFunctions['get']!(thread, self, [key], [], 'get');
  },
});

export const setMethods = methodTable(setMethodFunctions);

export const bytesMethods = methodTable(bytesMethodFunctions);
