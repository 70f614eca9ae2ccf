// How the columns of the list share its width. The narrower it gets the fewer columns: the endpoint goes first, then the
// age; the name and the reason stay.

export interface ListColumns {
  readonly indent: number;
  readonly name: number;
  readonly state: number;
  /** 0: left out. */
  readonly age: number;
  readonly endpoint: number;
  /** What it is, what starts it, restarts and changes; 0 on narrow lists. */
  readonly kind: number;
  readonly mode: number;
  readonly counts: number;
  /** CPU and memory; 0 while nobody wants them. */
  readonly usage: number;
}

export interface ListColumnsInput {
  readonly width: number;
  /** Columns of the longest name. */
  readonly longestName: number;
  /** Columns of the longest endpoint; 0 when there is none. */
  readonly longestEndpoint: number;
  /** Columns of the longest kind, trigger mode, and of restarts with changes; 0 when no row has any. */
  readonly longestKind: number;
  readonly longestMode: number;
  readonly longestCounts: number;
  readonly hasUsage?: boolean;
  readonly hasGroups: boolean;
}

/** The status glyph and the blank after it. */
export const glyphColumns = 2;
const ageColumns = 5;
/** `100%  999M` and its gap. */
const usageColumns = 12;
const leastState = 12;
/** An address that leaves less is left out: `exit 137, 3rd time` cut says less than all of it. */
const leastStateBesideEndpoint = 16;
/** From here on there is room for more than states, and words keep at least so much of it. */
const wideColumns = 74;
const comfortableState = 26;
/** From here on names and words stand further apart. */
const roomyColumns = 48;

export function listColumns(input: ListColumnsInput): ListColumns {
  const indent = input.hasGroups ? 3 : 1;
  const usage = input.hasUsage ? usageColumns : 0;
  const room = Math.max(0, input.width - indent - glyphColumns - 1 - usage);
  const wanted = Math.min(Math.max(input.longestName, 8), Math.max(8, Math.floor(input.width * 0.36)));
  const name = Math.max(1, Math.min(wanted + (input.width < roomyColumns ? 1 : 2), room));
  const age = room - name - ageColumns >= leastState ? ageColumns : 0;
  const spare = room - name - age - comfortableState - 2;
  const endpointWish = Math.min(input.longestEndpoint, Math.max(8, Math.min(24, spare))) + 2;
  const hasEndpoint = input.longestEndpoint > 0 && room - name - age - endpointWish >= leastStateBesideEndpoint;
  const endpoint = hasEndpoint ? endpointWish : 0;
  let state = Math.max(0, room - name - age - endpoint);
  const take = (longest: number): number => {
    const columns = longest + 2;
    if (longest === 0 || input.width < wideColumns || state - columns < comfortableState) return 0;
    state -= columns;
    return columns;
  };
  // The most telling first: each takes from the words only what they can spare.
  const counts = take(input.longestCounts);
  const mode = take(input.longestMode);
  const kind = take(input.longestKind);
  return { indent, name, state, age, endpoint, kind, mode, counts, usage };
}

/** Addresses that were shortened; a list asks for the same ones with every frame. */
const shortened = new Map<string, string>();
const maxShortened = 2000;

/** `:8080` for an address of this machine, else the host. */
export function endpointText(url: string): string {
  let text = shortened.get(url);
  if (text === undefined) {
    if (shortened.size >= maxShortened) shortened.clear();
    text = shortenEndpoint(url);
    shortened.set(url, text);
  }
  return text;
}

function shortenEndpoint(url: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(\[[^\]]*\]|[^/:?#]*)(:\d+)?/i.exec(url);
  if (!match) return url;
  const [, host = '', port = ''] = match;
  return /^(localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(host) && port ? port : host;
}
