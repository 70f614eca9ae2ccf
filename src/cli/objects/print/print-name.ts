import { group } from '../../../api/meta.ts';
import type { AnyObject } from '../object-client.ts';

/** `uiresource.tilt.dev/web` and a line end. */
export function printName(object: AnyObject): string {
  return `${objectTitle(object)}\n`;
}

/** `uiresource.tilt.dev/web` */
export function objectTitle(object: AnyObject): string {
  return `${String(object['kind']).toLowerCase()}.${group}/${object.metadata.name}`;
}
