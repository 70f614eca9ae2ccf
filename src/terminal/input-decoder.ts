// Bytes from a terminal to events. Holds back what is not complete and decides by time whether a lone ESC was the key.
//
//     keys --CSI 200~--> paste --CSI 201~--> keys
//
// Does not: read from anything; know what a key does.
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { InputEvent } from './input-events.ts';
import { readStep } from './input-sequences.ts';

export interface InputDecoderOptions {
  readonly clock: Clock;
  readonly onEvent: (event: InputEvent) => void;
  /** How long a lone ESC may be the start of something, in ms. */
  readonly escTimeoutMs?: number;
}

/** An unfinished sequence other than a lone ESC gets more time: it was certainly begun by the terminal. */
const sequenceTimeoutMs = 300;
/** Bytes of a paste that are kept. */
const maxPasteBytes = 1024 * 1024;
/** After so long without a byte a lone ctrl-c ends a paste whose end got lost. */
const stuckPasteMs = 1000;

const pasteEnd = Buffer.from('\x1b[201~');

export class InputDecoder implements Disposable {
  readonly #options: InputDecoderOptions;
  #pending: Buffer = Buffer.alloc(0);
  #timer: Disposable | undefined;
  #paste: Paste | undefined;
  #lastMs = 0;

  constructor(options: InputDecoderOptions) {
    this.#options = options;
  }

  /** Takes the next bytes; events come out before this returns, except for what waits for more. */
  feed(bytes: Uint8Array): void {
    this.#timer?.dispose();
    const now = this.#options.clock.monotonic();
    const silenceMs = now - this.#lastMs;
    this.#lastMs = now;
    if (this.#paste && silenceMs >= stuckPasteMs && bytes.length === 1 && bytes[0] === 0x03) this.#endPaste();
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : Buffer.from(bytes);
    this.#read(false);
    if (this.#pending.length === 0 || this.#paste) return;
    const isEsc = this.#pending.every(byte => byte === 0x1b);
    const waitMs = isEsc ? (this.#options.escTimeoutMs ?? 50) : sequenceTimeoutMs;
    this.#timer = this.#options.clock.after(waitMs, () => this.#read(true));
  }

  /** Forgets what is incomplete (the terminal was given away). */
  reset(): void {
    this.#timer?.dispose();
    this.#pending = Buffer.alloc(0);
    this.#paste = undefined;
  }

  dispose(): void {
    this.reset();
  }

  #read(isFinal: boolean): void {
    let at = 0;
    while (at < this.#pending.length) {
      if (this.#paste) {
        const used = this.#readPaste(at);
        if (used === 0) break;
        at += used;
        continue;
      }
      const step = readStep(this.#pending, at, isFinal);
      if (!step) break;
      at += step.used;
      for (const event of step.events) this.#options.onEvent(event);
      if (step.startsPaste) this.#paste = { chunks: [], size: 0, truncated: false };
    }
    this.#pending = this.#pending.subarray(at);
  }

  /** Takes text of a paste from `at`; returns the bytes used, 0 when the rest may be the beginning of the end mark. */
  #readPaste(at: number): number {
    const paste = this.#paste!;
    const end = this.#pending.indexOf(pasteEnd, at);
    if (end >= 0) {
      keep(paste, this.#pending.subarray(at, end));
      this.#endPaste();
      return end + pasteEnd.length - at;
    }
    const tail = markPrefix(this.#pending.subarray(Math.max(at, this.#pending.length - pasteEnd.length + 1)));
    const text = this.#pending.subarray(at, this.#pending.length - tail);
    keep(paste, text);
    return text.length;
  }

  #endPaste(): void {
    const paste = this.#paste;
    this.#paste = undefined;
    if (!paste) return;
    const text = Buffer.concat(paste.chunks)
      .toString('utf8')
      .replace(/\r\n?/g, '\n')
      .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '');
    this.#options.onEvent({ kind: 'paste', text, truncated: paste.truncated });
  }
}

interface Paste {
  readonly chunks: Buffer[];
  size: number;
  truncated: boolean;
}

function keep(paste: Paste, bytes: Buffer): void {
  const room = maxPasteBytes - paste.size;
  if (bytes.length > room) paste.truncated = true;
  if (bytes.length === 0 || room <= 0) return;
  paste.chunks.push(Buffer.from(bytes.subarray(0, room)));
  paste.size += Math.min(bytes.length, room);
}

/** Length of the longest end of `bytes` that is a beginning of the paste's end mark. */
function markPrefix(bytes: Buffer): number {
  for (let length = Math.min(bytes.length, pasteEnd.length - 1); length > 0; length--) {
    if (pasteEnd.subarray(0, length).equals(bytes.subarray(bytes.length - length))) return length;
  }
  return 0;
}
