// How many terminal columns a text takes, and where one cell ends and the next begins.
// A cell is a grapheme cluster that is one or two columns wide. Terminals disagree on the width of some clusters;
// the numbers here are what we plan with, and the encoder makes sure that a disagreement stays inside its cell.
// The usual library for this compiles an expression of all emoji when it is loaded, which costs as much as starting Node;
// here the tables of the runtime are asked only when a difficult text comes along.
// Does not: read escape sequences (terminal/styled-line), expand tabs.
import { eastAsianWidth } from 'get-east-asian-width';

/** Parsed runs of difficult text that are remembered; ordinary text never comes here. */
const maxCachedRuns = 2048;

/** One cell of text: a whole grapheme cluster and its columns. */
export interface TextCell {
  readonly text: string;
  readonly width: 1 | 2;
  /** UTF-16 units of the source that this cell stands for. */
  readonly units: number;
}

/**
 * True for characters that are one column wide everywhere and never join what stands before them: printable ASCII, Latin,
 * Greek and Cyrillic letters, arrows, boxes and blocks, simple shapes, check marks and braille.
 */
function isSimple(unit: number): boolean {
  if (unit < 0x7f) return unit >= 0x20;
  if (unit < 0x300) return unit > 0xa0 && unit !== 0xad;
  if (unit < 0x530) return unit >= 0x370 && (unit < 0x483 || unit > 0x489);
  if (unit < 0x2010) return false;
  if (unit < 0x2028) return true;
  if (unit < 0x2190) return unit >= 0x2030 && unit < 0x205f;
  if (unit < 0x2301) return true;
  return (unit >= 0x2500 && unit < 0x25fd) || (unit >= 0x2713 && unit < 0x2719) || (unit >= 0x2800 && unit < 0x2900);
}

let segmenter: Intl.Segmenter | undefined;
const cachedRuns = new Map<string, readonly TextCell[]>();

/** Bytes that tmux keeps of a cell; what it cuts off may leave a joiner at the end, which then takes the next cell. */
const maxClusterBytes = 21;

/** A cluster that terminals can hold: an emoji that is too long is its first one, of others the rest is cut. */
function cutCluster(cluster: string): string {
  if (cluster.length * 3 <= maxClusterBytes) return cluster;
  if (Buffer.byteLength(cluster) <= maxClusterBytes) return cluster;
  const joined = cluster.indexOf('\u200d');
  if (joined > 0 && unicodeClasses().pictograph.test(cluster)) return cluster.slice(0, joined);
  let kept = '';
  let bytes = 0;
  for (const character of cluster) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxClusterBytes) break;
    kept += character;
  }
  return kept;
}

interface Classes {
  /** A character that shows something: no control, format character, combining mark or lone surrogate. */
  readonly visible: RegExp;
  readonly spacingMark: RegExp;
  readonly pictograph: RegExp;
}

let classes: Classes | undefined;

/** Made when first needed: even reading a literal of these costs milliseconds at start. */
function unicodeClasses(): Classes {
  classes ??= {
    visible: /[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]/u,
    spacingMark: /\p{Mc}/u,
    pictograph: /\p{Extended_Pictographic}/u,
  };
  return classes;
}

/** VS16 asks for the emoji form, a tone or a joiner exists only for emoji, and a keycap is one. */
const emojiMaker = /\ufe0f|\u200d|[\u{1f3fb}-\u{1f3ff}]/u;
const keycap = /\u20e3/;
const flag = /^[\u{1f1e6}-\u{1f1ff}]{2}/u;

/** Columns of a cluster: 0 when nothing of it shows, never more than 2. */
function clusterWidth(cluster: string): 0 | 1 | 2 {
  const { visible, spacingMark, pictograph } = unicodeClasses();
  const first = cluster.search(visible);
  if (first < 0) return 0;
  if (flag.test(cluster) || keycap.test(cluster)) return 2;
  if (emojiMaker.test(cluster) && pictograph.test(cluster)) return 2;
  const shown = cluster.slice(first);
  let width = 0;
  for (const character of shown) {
    const codePoint = character.codePointAt(0)!;
    // Vowels and marks inside of a syllable add nothing, except for those that stand beside their base.
    const adds = width === 0 || spacingMark.test(character) || (codePoint >= 0xff00 && codePoint <= 0xffef);
    if (adds) width += eastAsianWidth(codePoint);
  }
  return width > 1 ? 2 : 1;
}

const formatCharacter = /[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]/;
const formatCharacters = new RegExp(formatCharacter, 'g');

/**
 * Joiners, soft hyphens and marks of direction say something inside of an emoji or of a script that joins its letters.
 * Anywhere else terminals disagree on where the next cell is, and they go.
 */
function withoutLooseJoiners(cluster: string): string {
  if (!formatCharacter.test(cluster)) return cluster;
  const { pictograph } = unicodeClasses();
  if (pictograph.test(cluster)) return cluster.replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+$/, '');
  const joins = cluster.codePointAt(0)! >= 0x600 && !/^[\u2000-\u3000]/.test(cluster);
  return joins ? cluster : cluster.replace(formatCharacters, '');
}

function measureCluster(segment: string): TextCell | undefined {
  // C0, DEL and C1 are commands to a terminal, never text; alone they take no cell.
  if (/^[\0-\x1f\x7f-\x9f]/.test(segment)) return undefined;
  const text = cutCluster(withoutLooseJoiners(segment.replace(/[\ud800-\udfff]/gu, '\ufffd')));
  const width = clusterWidth(text);
  return width === 0 ? undefined : { text, width, units: segment.length };
}

function segmentRun(run: string): readonly TextCell[] {
  const known = cachedRuns.get(run);
  if (known) return known;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const cells: TextCell[] = [];
  let skipped = 0;
  for (const { segment } of segmenter.segment(run)) {
    const cell = measureCluster(segment);
    if (cell) {
      cells.push(skipped > 0 ? { ...cell, units: cell.units + skipped } : cell);
      skipped = 0;
    } else skipped += segment.length;
  }
  if (cachedRuns.size >= maxCachedRuns) cachedRuns.clear();
  if (run.length <= 256) cachedRuns.set(run, cells);
  return cells;
}

/** End of the difficult run that starts at `from`: everything up to the next simple character. */
function endOfRun(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && !isSimple(text.charCodeAt(at))) at++;
  return at;
}

/**
 * Visits the cells of `text` in order; the visitor stops the walk by returning false. `offset` is the cell's place in
 * `text` in UTF-16 units. Control characters, lone format characters and bidi marks have no cell and are left out.
 */
export function eachCell(
  text: string,
  visit: (cell: string, width: 1 | 2, offset: number) => boolean | undefined,
): void {
  for (let at = 0; at < text.length; ) {
    const next = at + 1;
    // A simple character is a cell of its own unless something that could join it follows.
    if (isSimple(text.charCodeAt(at)) && (next === text.length || isSimple(text.charCodeAt(next)))) {
      if (visit(text[at]!, 1, at) === false) return;
      at = next;
      continue;
    }
    const end = endOfRun(text, at);
    let offset = at;
    for (const cell of segmentRun(text.slice(at, end))) {
      if (visit(cell.text, cell.width, offset) === false) return;
      offset += cell.units;
    }
    at = end;
  }
}

const printableAscii = /^[\x20-\x7e]*$/;

/** Columns of `text`. */
export function textWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let width = 0;
  eachCell(text, (_cell, columns) => {
    width += columns;
    return true;
  });
  return width;
}

/** The longest beginning of `text` that fits into `width` columns; with `ellipsis` where something was cut. */
export function truncateToWidth(text: string, width: number, ellipsis = ''): string {
  if (text.length <= width && printableAscii.test(text)) return text;
  if (textWidth(text) <= width) return text;
  const room = width - textWidth(ellipsis);
  if (room < 0) return truncateToWidth(ellipsis, Math.max(0, width));
  let used = 0;
  let kept = '';
  eachCell(text, (cell, columns) => {
    if (used + columns > room) return false;
    used += columns;
    kept += cell;
    return true;
  });
  return kept + ellipsis;
}

/** `text` cut or filled with blanks to exactly `width` columns. */
export function fitToWidth(text: string, width: number, ellipsis = ''): string {
  const cut = truncateToWidth(text, width, ellipsis);
  return cut + ' '.repeat(Math.max(0, width - textWidth(cut)));
}
