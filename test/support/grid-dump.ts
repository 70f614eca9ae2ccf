// A grid as people can read and review it: its text, and beside it a map that gives each look a letter.
import type { ColorDepth } from '../../src/terminal/capabilities.ts';
import type { Grid } from '../../src/terminal/grid.ts';
import { reduceColor } from '../../src/terminal/sgr-encode.ts';
import { rgbFlag, type Style } from '../../src/terminal/style.ts';

export interface GridDump {
  /** Rows without trailing blanks. */
  readonly text: string;
  /** One letter a cell, `.` for the plain look; rows without trailing dots. */
  readonly map: string;
  /** What each letter means, in order of appearance. */
  readonly legend: Readonly<Record<string, string>>;
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A style in words: `fg=red bold`. */
export function describeStyle(style: Style, depth: ColorDepth = 'truecolor'): string {
  const color = (value: number): string =>
    value & rgbFlag ? `#${(value & 0xffffff).toString(16).padStart(6, '0')}` : String(value);
  const words: string[] = [];
  const [fg, bg] = [style.fg, style.bg].map(value => (value === undefined ? undefined : reduceColor(value, depth)));
  if (fg !== undefined) words.push(`fg=${color(fg)}`);
  if (bg !== undefined) words.push(`bg=${color(bg)}`);
  for (const flag of ['bold', 'dim', 'italic', 'underline', 'inverse', 'strike'] as const) {
    if (style[flag]) words.push(flag);
  }
  if (style.link !== undefined) words.push(`link=${style.link}`);
  return words.join(' ');
}

/** Text, style map and legend of what is painted, with the colours that a terminal of that depth gets. */
export function dumpGrid(grid: Grid, depth: ColorDepth = 'truecolor'): GridDump {
  const names = new Map<string, string>();
  const rows: string[] = [];
  const maps: string[] = [];
  for (let y = 0; y < grid.height; y++) {
    let map = '';
    for (let x = 0; x < grid.width; x++) {
      const words = describeStyle(grid.cellAt(x, y).style, depth);
      if (words === '') map += '.';
      else {
        if (!names.has(words)) names.set(words, letters[names.size] ?? '?');
        map += names.get(words)!;
      }
    }
    rows.push(grid.rowText(y).trimEnd());
    maps.push(map.replace(/\.+$/, ''));
  }
  const legend = Object.fromEntries([...names].map(([words, letter]) => [letter, words]));
  return { text: rows.join('\n'), map: maps.join('\n'), legend };
}
