// What comes in from a terminal, as one closed union.

/** Held modifiers. `super` is the logo or command key, which only the kitty protocol reports. */
export interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly super: boolean;
}

/**
 * A key. `name` is the canonical name that keymaps use: `a`, `G`, `space`, `ctrl-c`, `shift-tab`, `alt-enter`, `ctrl-shift-up`,
 * `f1`, `pageup`, `esc`. Shift is part of the character for what prints (`G`, not `shift-g`).
 */
export interface KeyEvent {
  readonly kind: 'key';
  readonly name: string;
  /** What the key types, absent for keys that type nothing. */
  readonly text?: string;
  /** Name by the key's place on a US keyboard, where the terminal tells it and it differs (Cyrillic, Greek layouts). */
  readonly baseName?: string;
}

export type MouseButton = 'left' | 'middle' | 'right' | 'other' | 'none';
export type WheelDirection = 'up' | 'down' | 'left' | 'right';

/** A mouse report. `x` and `y` are 0-based cells and may lie outside the grid after a resize. */
export interface MouseEvent {
  readonly kind: 'mouse';
  readonly action: 'press' | 'release' | 'drag' | 'move' | 'wheel';
  readonly button: MouseButton;
  readonly wheel?: WheelDirection;
  readonly x: number;
  readonly y: number;
  readonly modifiers: Modifiers;
}

/** Text from a bracketed paste; line ends are `\n`. Never to be read as keys. */
export interface PasteEvent {
  readonly kind: 'paste';
  readonly text: string;
  /** True when the paste was longer than the decoder keeps. */
  readonly truncated: boolean;
}

/** The terminal's window gained or lost the focus. */
export interface FocusEvent {
  readonly kind: 'focus';
  readonly focused: boolean;
}

/** The terminal's answer to a question, or another sequence that is no key. Programs that did not ask ignore it. */
export interface ReplyEvent {
  readonly kind: 'reply';
  readonly type:
    | 'device-attributes'
    | 'cursor-position'
    | 'color'
    | 'mode'
    | 'version'
    | 'keyboard'
    | 'window'
    | 'scheme'
    | 'unknown';
  /** The sequence's parameters as they were sent, without introducer and terminator. */
  readonly data: string;
}

export type InputEvent = KeyEvent | MouseEvent | PasteEvent | FocusEvent | ReplyEvent;
