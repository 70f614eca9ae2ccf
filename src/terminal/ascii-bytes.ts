// For terminals of another charset: a frame with nothing above ASCII in it.
import { textWidth } from '../base/text-width.ts';

const aboveAscii = /[^\x00-\x7f]+/g;

/** Every column that such a character takes becomes `?`, so that nothing moves. */
export function toAsciiBytes(frame: string): string {
  return frame.replace(aboveAscii, text => '?'.repeat(textWidth(text)));
}
