import type { AnyObject } from '../object-client.ts';

/** Prints one object, or a List: text with its line end, if it has one. Throws ObjectFailure. */
export type ObjectPrinter = (object: AnyObject) => string;
