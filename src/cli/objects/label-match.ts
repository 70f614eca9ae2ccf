import type { ApiObject } from '../../api/meta.ts';
import { parseLabelSelector } from '../../api/selectors.ts';
import type { AnyObject } from './object-client.ts';

/** True for objects that a label selector selects; '' selects all. Throws StatusError BadRequest. */
export function matchesLabels(selector: string): (object: AnyObject) => boolean {
  const test = parseLabelSelector(selector);
  return object => test(object as unknown as ApiObject);
}
