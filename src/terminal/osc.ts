// Sequences that are no picture: clipboard, title, notification, bell. Pure; what they return goes to Terminal.send.
import type { Capabilities } from './capabilities.ts';

/** Bytes of base64 that terminals are known to take for the clipboard (xterm and hterm stop near 100,000). */
const maxClipboardBase64 = 100_000;

export interface ClipboardCopy {
  readonly sequence: string;
  /** Characters that were copied; fewer than given when the text was too long. */
  readonly copied: number;
}

/** Puts `text` into the terminal's clipboard (OSC 52), through tmux or screen where they are between. */
export function copyToClipboard(text: string, multiplexer: Capabilities['multiplexer']): ClipboardCopy {
  let kept = text;
  let bytes = Buffer.from(kept, 'utf8');
  const maxBytes = Math.floor(maxClipboardBase64 / 4) * 3;
  if (bytes.length > maxBytes) {
    // Cut at a whole character: a broken one decodes to U+FFFD at the end.
    kept = bytes
      .subarray(0, maxBytes)
      .toString('utf8')
      .replace(/\ufffd+$/, '');
    bytes = Buffer.from(kept, 'utf8');
  }
  return { sequence: passThrough(`\x1b]52;c;${bytes.toString('base64')}\x07`, multiplexer), copied: kept.length };
}

/** Where a copy goes, for telling it: nobody can ask a terminal whether it took it. */
export function clipboardWords({ multiplexer, remote }: Pick<Capabilities, 'multiplexer' | 'remote'>): string {
  const where = remote ? 'to the clipboard at your end of SSH' : "to the terminal's clipboard";
  if (multiplexer === 'tmux') return `to tmux, and ${where} (set-clipboard on)`;
  return multiplexer === 'screen' ? `${where}, through screen` : where;
}

/**
 * Wraps a sequence so that the multiplexer hands it to the terminal outside. tmux needs `allow-passthrough on`, and takes
 * OSC 52 itself with `set-clipboard on`, so there both forms are sent.
 */
export function passThrough(sequence: string, multiplexer: Capabilities['multiplexer']): string {
  if (multiplexer === 'tmux') return `${sequence}\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
  if (multiplexer === 'screen') return screenChunks(sequence);
  return sequence;
}

/** screen drops a device control string over 768 bytes; several short ones are joined by the terminal outside. */
function screenChunks(sequence: string): string {
  let wrapped = '';
  for (let at = 0; at < sequence.length; at += 250) wrapped += `\x1bP${sequence.slice(at, at + 250)}\x1b\\`;
  return wrapped;
}

/** Text that can stand inside an OSC: nothing that ends it or is a command. */
function inert(text: string, maxLength: number): string {
  return text.replace(/[\0-\x1f\x7f-\x9f]+/g, ' ').slice(0, maxLength);
}

/** Sets the window's title. */
export function setTitle(title: string): string {
  return `\x1b]2;${inert(title, 200)}\x1b\\`;
}

/** Remembers the title that the window has now. */
export const pushTitle = '\x1b[22;2t';
/** Brings the remembered title back. */
export const popTitle = '\x1b[23;2t';

/** A desktop notification (OSC 9: iTerm2, kitty, ghostty, Windows Terminal, ConEmu); others ignore it. */
export function notify(text: string, multiplexer: Capabilities['multiplexer']): string {
  // ConEmu reads a number and a semicolon as a command of its own.
  const body = inert(text, 250).replace(/^(\d+);/, '$1,');
  const sequence = `\x1b]9;${body}\x1b\\`;
  return multiplexer === 'none'
    ? sequence
    : passThrough(sequence, multiplexer).slice(multiplexer === 'tmux' ? sequence.length : 0);
}

export const bell = '\x07';

/** A link around `text`, for output that is not painted (the lines after the screen was left). */
export function linkText(text: string, address: string): string {
  return `\x1b]8;;${address.replace(/[^\x21-\x7e]/g, '')}\x1b\\${text}\x1b]8;;\x1b\\`;
}
