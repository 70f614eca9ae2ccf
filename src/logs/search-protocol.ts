// What the log store and the threads that look through its files say to each other.
import type { LogFilter, LogText } from '../api/client.ts';
import type { DiskPlace } from './block-list.ts';
import type { BlockSummary } from './block-scan.ts';
import type { Span } from './span-table.ts';

/** What is searched for, told before the first block. */
export interface SearchOrder {
  readonly kind: 'search';
  readonly search: number;
  readonly text: LogText;
  readonly orLevel: number | undefined;
  readonly filter: LogFilter;
  /** By index; those that the log had when the search began. */
  readonly spans: readonly Pick<Span, 'resource' | 'source'>[];
  /** One number in shared memory: not 0 once nobody waits for answers any more. */
  readonly isOver: Int32Array;
}

/** Blocks to look through; answered with a BatchAnswer. */
export interface LookOrder {
  readonly kind: 'look';
  readonly search: number;
  readonly batch: number;
  readonly blocks: readonly BlockOnDisk[];
}

export interface EndOrder {
  readonly kind: 'end';
  readonly search: number;
}

export type SearchMessage = SearchOrder | LookOrder | EndOrder;

/** A block in files: what is known of it, and where it is. */
export interface BlockOnDisk extends BlockSummary {
  readonly firstId: number;
  readonly textBytes: number;
  readonly place: DiskPlace;
  /** Absolute. */
  readonly textFile: string;
  readonly indexFile: string;
}

/** What was found in a block. */
export interface BlockFindings {
  /** Records that begin lines that are wanted, rising. */
  readonly records: readonly number[];
  /** Records that begin lines in pieces which end in another block; they pass the filter, but nobody knows what they say. */
  readonly open: readonly number[];
}

/** By block of the order: how many records and how many open ones, then both; `notRead` and nothing else for one to be looked through by others. */
export interface BatchAnswer {
  readonly batch: number;
  readonly rows: Uint32Array<ArrayBuffer>;
}

const notRead = 2 ** 32 - 1;
const nothing: BlockFindings = { records: [], open: [] };

export function packFindings(findings: readonly (BlockFindings | undefined)[]): Uint32Array<ArrayBuffer> {
  const rows: number[] = [];
  for (const found of findings) {
    if (!found) rows.push(notRead);
    else {
      rows.push(found.records.length, found.open.length);
      for (const record of found.records) rows.push(record);
      for (const record of found.open) rows.push(record);
    }
  }
  return Uint32Array.from(rows);
}

/** As many as there were blocks; undefined for those that were not read. */
export function unpackFindings(rows: Uint32Array): (BlockFindings | undefined)[] {
  const findings: (BlockFindings | undefined)[] = [];
  for (let at = 0; at < rows.length; ) {
    const count = rows[at++]!;
    if (count === notRead) {
      findings.push(undefined);
      continue;
    }
    const end = at + 1 + count;
    const endOpen = end + rows[at]!;
    const isEmpty = endOpen === at + 1;
    findings.push(
      isEmpty ? nothing : { records: [...rows.subarray(at + 1, end)], open: [...rows.subarray(end, endOpen)] },
    );
    at = endOpen;
  }
  return findings;
}
