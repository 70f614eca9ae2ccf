// SGR parameters (CSI ... m) to styles: what programs print for colours. ECMA-48, plus ITU T.416 colours with `:` and the
// `;` form that xterm made common.
import { type Color, plainStyle, rgb, type Style } from './style.ts';

type Draft = { -readonly [K in keyof Style]: Style[K] };

/** What the parameters without an argument change. */
const simple: Record<number, Draft> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: undefined, dim: undefined },
  23: { italic: undefined },
  24: { underline: undefined },
  27: { inverse: undefined },
  29: { strike: undefined },
  39: { fg: undefined },
  49: { bg: undefined },
};

/** The style after `parameters` (the text between `CSI` and `m`). A link stays: SGR does not end it. */
export function applySgr(style: Style, parameters: string): Style {
  if (/[^0-9;:]/.test(parameters)) return style;
  const parts = parameters.split(';');
  let draft: Draft = { ...style };
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const code = Number.parseInt(part, 10) || 0;
    if (code === 0) draft = style.link === undefined ? { ...plainStyle } : { link: style.link };
    else if (code === 38 || code === 48 || code === 58) i += extendedColor(draft, code, parts, i);
    else if (part.startsWith('4:')) draft.underline = part === '4:0' ? undefined : true;
    else plain(draft, code);
  }
  return draft;
}

function plain(draft: Draft, code: number): void {
  const effect = simple[code];
  if (effect) Object.assign(draft, effect);
  else if (code >= 30 && code <= 37) draft.fg = code - 30;
  else if (code >= 40 && code <= 47) draft.bg = code - 40;
  else if (code >= 90 && code <= 97) draft.fg = code - 82;
  else if (code >= 100 && code <= 107) draft.bg = code - 92;
}

/** Reads `38;5;n`, `38;2;r;g;b`, `38:5:n`, `38:2:r:g:b`, `38:2::r:g:b`; returns how many further parts it used. */
function extendedColor(draft: Draft, code: number, parts: readonly string[], at: number): number {
  const inner = parts[at]!.split(':').slice(1);
  const withColons = inner.length > 0;
  const values = (withColons ? inner : parts.slice(at + 1, at + 5)).map(v => Number.parseInt(v, 10) || 0);
  const mode = values[0];
  let used = 0;
  let color: Color | undefined;
  if (mode === 5) {
    used = 2;
    if (values[1] !== undefined && values[1] < 256) color = values[1];
  } else if (mode === 2) {
    used = 4;
    // The colon form may carry a colour space between the mode and red.
    const [r, g, b] = withColons && values.length >= 5 ? values.slice(2, 5) : values.slice(1, 4);
    if (r !== undefined && g !== undefined && b !== undefined && Math.max(r, g, b) < 256) color = rgb(r, g, b);
  }
  if (color !== undefined && code === 38) draft.fg = color;
  if (color !== undefined && code === 48) draft.bg = color;
  return withColons ? 0 : Math.min(used, parts.length - at - 1);
}
