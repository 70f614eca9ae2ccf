// How a cell looks. A style is plain data; absent means "as the terminal has it".

/**
 * A colour in one number: 0 to 255 is an index into the terminal's palette (0 to 15 are the named ones),
 * `rgbFlag | 0xrrggbb` is a true colour. Absent is the terminal's default.
 */
export type Color = number;

/** Marks a Color as red, green, blue rather than an index. */
export const rgbFlag = 0x1000000;

/** Look of a cell. Absent attributes are off. Make styles once and keep them: equal objects cost a lookup by text. */
export interface Style {
  readonly fg?: Color | undefined;
  readonly bg?: Color | undefined;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
  readonly inverse?: boolean | undefined;
  readonly strike?: boolean | undefined;
  /** Address of an OSC 8 hyperlink; printable ASCII (see `safeLink`). */
  readonly link?: string | undefined;
}

export const plainStyle: Style = Object.freeze({});

/** A true colour from 0..255 parts. */
export function rgb(red: number, green: number, blue: number): Color {
  return rgbFlag | ((red & 255) << 16) | ((green & 255) << 8) | (blue & 255);
}

const colorNames = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/**
 * Reads a colour as themes write it: `default`, an ANSI name (`red`, `bright-black`, `gray`), `0` to `255`, `#rgb`, `#rrggbb`.
 * `undefined` is the terminal's own colour; `'invalid'` is a text that means none.
 */
export function parseColor(text: string): Color | undefined | 'invalid' {
  const name = text.trim().toLowerCase();
  if (name === 'default') return undefined;
  if (name === 'gray' || name === 'grey') return 8;
  const bright = name.startsWith('bright-');
  const index = colorNames.indexOf(bright ? name.slice(7) : name);
  if (index >= 0) return bright ? index + 8 : index;
  if (/^\d{1,3}$/.test(name) && Number(name) < 256) return Number(name);
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(name);
  if (short) return parseColor(`#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`);
  return /^#[0-9a-f]{6}$/.test(name) ? rgbFlag | Number.parseInt(name.slice(1), 16) : 'invalid';
}

/** `over` laid on `under`: what `over` names wins, everything else shows through. */
export function overlayStyle(under: Style, over: Style): Style {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) if (value !== undefined) merged[key] = value;
  return merged as Style;
}

/** One text per look: equal styles have equal keys, whatever the order or absence of their fields. */
export function styleKey(style: Style): string {
  const flags =
    (style.bold ? 1 : 0) |
    (style.dim ? 2 : 0) |
    (style.italic ? 4 : 0) |
    (style.underline ? 8 : 0) |
    (style.inverse ? 16 : 0) |
    (style.strike ? 32 : 0);
  return `${style.fg ?? ''}/${style.bg ?? ''}/${flags}/${style.link ?? ''}`;
}
