// Styles to SGR sequences, at the colour depth the terminal has.
import type { ColorDepth } from './capabilities.ts';
import { type Color, rgbFlag, type Style } from './style.ts';

/** The six steps of the 6 x 6 x 6 cube in the 256-colour palette. */
const cubeSteps = [0, 95, 135, 175, 215, 255];

/** xterm's defaults for the 16 named colours; only to find the nearest. */
const named = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

function parts(color: number): [number, number, number] {
  return [(color >> 16) & 255, (color >> 8) & 255, color & 255];
}

function distance(a: number, b: number): number {
  const [ar, ag, ab] = parts(a);
  const [br, bg, bb] = parts(b);
  // Weights by how much the eye notices; enough to keep greys grey.
  return 2 * (ar - br) ** 2 + 4 * (ag - bg) ** 2 + 3 * (ab - bb) ** 2;
}

/** The red, green, blue of an index of the 256-colour palette, as xterm has it by default. */
export function paletteRgb(index: number): number {
  if (index < 16) return named[index]!;
  if (index >= 232) return (8 + 10 * (index - 232)) * 0x010101;
  const cube = index - 16;
  return (cubeSteps[Math.trunc(cube / 36)]! << 16) | (cubeSteps[Math.trunc(cube / 6) % 6]! << 8) | cubeSteps[cube % 6]!;
}

function nearest(color: number, from: number, to: number): number {
  let best = from;
  for (let index = from; index < to; index++) {
    if (distance(color, paletteRgb(index)) < distance(color, paletteRgb(best))) best = index;
  }
  return best;
}

/** The colour as the depth allows: an index, a true colour, or undefined for none. */
export function reduceColor(color: Color, depth: ColorDepth): Color | undefined {
  if (depth === 'none') return undefined;
  const isRgb = (color & rgbFlag) !== 0;
  if (depth === 'truecolor' || (depth === '256' && !isRgb)) return color;
  const value = isRgb ? color & 0xffffff : paletteRgb(color);
  // The named 16 differ between themes, so an exact colour never goes there while there are 256.
  if (depth === '256') return nearest(value, 16, 256);
  return color < 16 ? color : nearest(value, 0, 16);
}

function colorCode(color: Color, base: 30 | 40): string {
  if (color & rgbFlag) return `;${base + 8};2;${parts(color).join(';')}`;
  if (color < 8) return `;${base + color}`;
  if (color < 16) return `;${base + 52 + color}`;
  return `;${base + 8};5;${color}`;
}

/** The full SGR sequence of a style: starts from a reset, so it is right after any other. */
export function encodeStyle(style: Style, depth: ColorDepth): string {
  let codes = '';
  if (style.bold) codes += ';1';
  if (style.dim) codes += ';2';
  if (style.italic) codes += ';3';
  if (style.underline) codes += ';4';
  if (style.inverse) codes += ';7';
  if (style.strike) codes += ';9';
  const fg = style.fg === undefined ? undefined : reduceColor(style.fg, depth);
  const bg = style.bg === undefined ? undefined : reduceColor(style.bg, depth);
  if (fg !== undefined) codes += colorCode(fg, 30);
  if (bg !== undefined) codes += colorCode(bg, 40);
  return codes === '' ? '\x1b[m' : `\x1b[0${codes}m`;
}
