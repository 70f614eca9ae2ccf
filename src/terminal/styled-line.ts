// One line of a log with its colours, made harmless: SGR becomes styles, OSC 8 becomes links, every other escape
// sequence and control character is gone. What a program prints can colour its own cells and nothing else.
// Does not: split lines or treat carriage returns (the caller has decided what the line is), carry colours to the next line.
import { eachCell, textWidth } from '../base/text-width.ts';
import { applySgr } from './sgr.ts';
import { plainStyle, type Style, styleKey } from './style.ts';

/** A stretch of one look. `text` holds no control characters. */
export interface StyledRun {
  readonly text: string;
  readonly style: Style;
  /** Columns. */
  readonly width: number;
}

export interface StyledLine {
  readonly runs: readonly StyledRun[];
  /** The text of all runs: what is searched and what the eye reads. Tabs are blanks here. */
  readonly text: string;
  /** Columns. */
  readonly width: number;
}

export interface ParseLineOptions {
  /** Distance of tab stops in columns; 8 by default. */
  readonly tabWidth?: number;
  /** `show` turns C0 control characters into their pictures (␇); by default they are dropped. */
  readonly controls?: 'drop' | 'show';
}

/** Longest address that is kept as a link. */
const maxLinkLength = 2048;
const linkSchemes = /^(https?|file|mailto|ftp|vscode|vscodium|cursor|zed|idea):/i;

/** The address if it may be handed to a terminal as a link: a known scheme and printable ASCII only. */
export function safeLink(address: string): string | undefined {
  if (address.length > maxLinkLength || !linkSchemes.test(address)) return undefined;
  return /^[\x21-\x7e]+$/.test(address) ? address : undefined;
}

/** Everything that is not plain text: C0, DEL, C1. */
const special = /[\0-\x1f\x7f-\x9f]/g;
const csi = /[0-?]*[ -/]*[@-~]/y;
const designation = /[ -/]*[0-~]/y;

/** Parses one line. Never fails; an escape sequence that the line ends in is dropped. */
export function parseStyledLine(source: string, options: ParseLineOptions = {}): StyledLine {
  special.lastIndex = 0;
  const first = special.exec(source);
  if (!first) {
    const width = textWidth(source);
    return { runs: source === '' ? [] : [{ text: source, style: plainStyle, width }], text: source, width };
  }
  return new LineParser(source, options).parse(first.index);
}

/** Looks that were seen; one object each, so that a grid finds its number at once. */
const keptStyles = new Map<string, Style>([[styleKey(plainStyle), plainStyle]]);
const maxKeptStyles = 4096;

function keptStyle(style: Style): Style {
  const key = styleKey(style);
  let kept = keptStyles.get(key);
  if (!kept) {
    // A log of a million colours must not fill the memory; a cleared table only costs looking again.
    if (keptStyles.size >= maxKeptStyles) {
      keptStyles.clear();
      keptStyles.set(styleKey(plainStyle), plainStyle);
    }
    kept = Object.freeze(style);
    keptStyles.set(key, kept);
  }
  return kept;
}

class LineParser {
  readonly #source: string;
  readonly #tabWidth: number;
  readonly #show: boolean;
  #runs: StyledRun[] = [];
  #style: Style = plainStyle;
  #text = '';
  #done = '';
  #column = 0;
  /** The cursor is back at the first column: text that follows replaces what stands there. */
  #isRewound = false;

  constructor(source: string, options: ParseLineOptions) {
    this.#source = source;
    this.#tabWidth = Math.max(1, options.tabWidth ?? 8);
    this.#show = options.controls === 'show';
  }

  parse(firstSpecial: number): StyledLine {
    const source = this.#source;
    let at = 0;
    let next = firstSpecial;
    while (next >= 0) {
      this.#add(source.slice(at, next));
      at = this.#special(source.charCodeAt(next), next + 1);
      special.lastIndex = at;
      next = special.exec(source)?.index ?? -1;
    }
    this.#add(source.slice(at));
    this.#flush();
    return { runs: this.#runs, text: this.#done, width: this.#column };
  }

  /** A progress display writes its line again and again; what it wrote last is the line. */
  #add(text: string): void {
    if (text === '') return;
    if (this.#isRewound) {
      this.#isRewound = false;
      this.#runs = [];
      this.#text = '';
      this.#done = '';
      this.#column = 0;
    }
    this.#text += text;
  }

  /** Treats the control character before `at`; returns where text goes on. */
  #special(code: number, at: number): number {
    if (code === 0x09) this.#tab();
    else if (code === 0x1b) return this.#escape(at);
    else if (code === 0x9b) return this.#csi(at);
    else if (code === 0x0d && !this.#show) this.#isRewound = true;
    else if (code < 0x20 && this.#show) this.#text += String.fromCharCode(0x2400 + code);
    return at;
  }

  #tab(): void {
    const column = this.#column + textWidth(this.#text);
    this.#add(' '.repeat(this.#tabWidth - ((this.#isRewound ? 0 : column) % this.#tabWidth)));
  }

  #escape(at: number): number {
    const code = this.#source.charCodeAt(at);
    if (code === 0x5b) return this.#csi(at + 1);
    if (code === 0x5d) return this.#string(at + 1, true);
    // DCS, SOS, PM and APC carry a string that ends as an OSC does.
    if (code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f) return this.#string(at + 1, false);
    designation.lastIndex = at;
    return designation.test(this.#source) ? designation.lastIndex : at;
  }

  #csi(at: number): number {
    csi.lastIndex = at;
    if (!csi.test(this.#source)) {
      // Not a sequence after all, or cut off: its parameters are noise, what follows is text.
      let end = at;
      while (end < this.#source.length && /[0-?]/.test(this.#source[end]!)) end++;
      return end;
    }
    const end = csi.lastIndex;
    const sequence = this.#source.slice(at, end);
    if (sequence.endsWith('m')) this.#restyle(applySgr(this.#style, sequence.slice(0, -1)));
    // To the first column, and erase the line: as good as a carriage return.
    else if (!this.#show && (sequence === 'G' || sequence === '1G' || sequence === '2K')) this.#isRewound = true;
    return end;
  }

  /**
   * Skips a string up to BEL, ST or a new escape; without an end the rest of the line is part of it. A line that is nothing
   * else is shown all the same: it may hold what somebody looks for.
   */
  #string(at: number, isOsc: boolean): number {
    const source = this.#source;
    let end = at;
    while (end < source.length) {
      const code = source.charCodeAt(end);
      if (code === 0x07 || code === 0x9c || code === 0x1b || code === 0x18 || code === 0x1a) break;
      end++;
    }
    if (end >= source.length) return `${this.#done}${this.#text}`.trim() === '' ? at : end;
    if (isOsc) this.#osc(source.slice(at, end));
    if (source.charCodeAt(end) !== 0x1b) return end + 1;
    return source[end + 1] === '\\' ? end + 2 : end;
  }

  #osc(body: string): void {
    const link = /^8;[^;]*;(.*)$/s.exec(body);
    if (!link) return;
    const { link: _old, ...rest } = this.#style;
    const address = safeLink(link[1]!);
    this.#restyle(address === undefined ? rest : { ...rest, link: address });
  }

  #restyle(style: Style): void {
    const kept = keptStyle(style);
    if (kept === this.#style) return;
    this.#flush();
    this.#style = kept;
  }

  #flush(): void {
    if (this.#text === '') return;
    const width = textWidth(this.#text);
    this.#runs.push({ text: this.#text, style: this.#style, width });
    this.#done += this.#text;
    this.#column += width;
    this.#text = '';
  }
}

/** Columns at which the rows of a wrapped line begin: `[0]` for a line that fits. Wide characters are never cut. */
export function wrapColumns(line: StyledLine, width: number): number[] {
  if (line.width <= width || width < 2) return [0];
  const starts = [0];
  let start = 0;
  let column = 0;
  for (const run of line.runs) {
    eachCell(run.text, (_cell, columns) => {
      if (column + columns > start + width) {
        start = column;
        starts.push(start);
      }
      column += columns;
      return true;
    });
  }
  return starts;
}
