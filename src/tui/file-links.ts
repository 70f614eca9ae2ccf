// Turns places that log lines name (`src/main.ts:3:7`) into links for terminals that have them. Whether there is such a
// file is looked up beside the screen; until that is known the line has no link.
// Does not: open anything; the terminal does.

import { type FilePlace, findPlacedFiles, type PlacedFile } from './file-places.ts';
import type { Range } from './log-match.ts';

export interface FileLink {
  /** In UTF-16 units of the text. */
  readonly range: Range;
  /** `file://host/path#line` */
  readonly url: string;
}

export interface FileLinksOptions {
  /** The file as an absolute place, if there is one. */
  readonly findFile: (places: readonly FilePlace[]) => Promise<FilePlace | undefined>;
  /** Name of this machine, so that a terminal at the other end of SSH knows that the file is not there. */
  readonly hostName: string;
  /** Something was found: what is shown may have links now. */
  readonly onFound: () => void;
}

/** Files that are remembered, and lookups that wait; more on a screen nobody clicks. */
const maxFiles = 2000;
const maxWaiting = 100;
const maxTextLength = 2000;

export class FileLinks {
  readonly #options: FileLinksOptions;
  /** Absolute paths by who names them and how; '' where there is none, undefined while it is looked up. */
  readonly #paths = new Map<string, string | undefined>();
  readonly #places = new Map<string, readonly PlacedFile[]>();
  #waiting: { readonly key: string; readonly place: FilePlace }[] = [];
  #isLooking = false;
  /** Rises when lines may have links that they had not. */
  version = 0;

  constructor(options: FileLinksOptions) {
    this.#options = options;
  }

  /** The links of a resource's text as far as its files are known. */
  in(text: string, resource = ''): readonly FileLink[] {
    return this.#placesIn(text).flatMap(({ place, range }) => this.#link({ ...place, resource }, range));
  }

  #placesIn(text: string): readonly PlacedFile[] {
    // Every place has one of these; most lines have neither.
    if (text.length > maxTextLength || !/[:(]\d|, line \d/.test(text)) return [];
    let places = this.#places.get(text);
    if (!places) {
      if (this.#places.size >= maxFiles) this.#places.clear();
      places = findPlacedFiles(text);
      this.#places.set(text, places);
    }
    return places;
  }

  #link(place: FilePlace, range: Range): FileLink[] {
    const key = `${place.resource}\n${place.file}`;
    if (!this.#paths.has(key)) this.#ask(key, place);
    const path = this.#paths.get(key);
    if (!path) return [];
    const at = path.split('/').map(encodeURIComponent).join('/');
    return [{ range, url: `file://${this.#options.hostName}${at}#${place.line}` }];
  }

  #ask(key: string, place: FilePlace): void {
    if (this.#waiting.length >= maxWaiting) return;
    if (this.#paths.size >= maxFiles) this.#paths.clear();
    this.#paths.set(key, undefined);
    this.#waiting.push({ key, place });
    if (!this.#isLooking) void this.#look();
  }

  /** One after the other: a screenful of names must not keep the disk busy. */
  async #look(): Promise<void> {
    this.#isLooking = true;
    let isFound = false;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const found = await this.#options.findFile([next.place]).catch(() => undefined);
      this.#paths.set(next.key, found?.file ?? '');
      isFound ||= found !== undefined;
    }
    this.#isLooking = false;
    if (!isFound) return;
    this.version++;
    this.#options.onFound();
  }
}
