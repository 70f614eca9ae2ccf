// One line of text that is typed, its cursor always at the end.
import type { KeyEvent } from '../terminal/input-events.ts';

/** The text after the key; undefined when the key edits nothing. */
export function editText(text: string, event: KeyEvent): string | undefined {
  if (event.name === 'backspace') return text === '' ? undefined : [...text].slice(0, -1).join('');
  if (event.name === 'ctrl-u') return '';
  if (event.name === 'ctrl-w') return text.replace(/\S*\s*$/, '');
  if (event.text === undefined || /[\0-\x1f\x7f]/.test(event.text)) return undefined;
  return text + event.text;
}

/** Text from a paste, as one line without control characters. */
export function pastedText(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f]+/g, ' ').trim();
}
