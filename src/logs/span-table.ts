// Who wrote what: one entry a span, with what its next piece needs to know and its warnings and errors.
import type { LogLevel } from '../api/client.ts';
import type { SpanCounts } from './port.ts';

/** Levels as numbers, in the order of their weight. */
export const levelNames: readonly LogLevel[] = ['debug', 'verbose', 'info', 'warn', 'error'];
export const levelNumber: Readonly<Record<LogLevel, number>> = { debug: 0, verbose: 1, info: 2, warn: 3, error: 4 };

export interface Span {
  readonly index: number;
  readonly id: string;
  readonly resource: string;
  readonly source: 'build' | 'runtime';
  /** Id of its newest segment, -1 before the first. */
  lastId: number;
  /** Id of its first segment, -1 before that. */
  firstId: number;
  /** Id of the first segment of its unfinished line, -1 when the last line is finished. */
  openId: number;
  openLevel: number;
  openBytes: number;
  /** Bytes of a character whose rest has not come yet; at most 3. */
  carry: Uint8Array | undefined;
  warnings: number;
  errors: number;
}

interface ResourceCounts {
  build: Counts;
  runtime: Counts;
  /** A build began since the runtime side was last counted from zero. */
  isNewBuild: boolean;
}

interface Counts {
  warnings: number;
  errors: number;
}

export class SpanTable {
  #spans: Span[] = [];
  #byId = new Map<string, Span>();
  #byResource = new Map<string, ResourceCounts>();

  /** Build spans by their id (reference 5.2); everything else is runtime, the output of local updates too. */
  static sourceOf(spanId: string): 'build' | 'runtime' {
    return spanId.startsWith('build:') || spanId.startsWith('cmdimage:') ? 'build' : 'runtime';
  }

  get(index: number): Span {
    return this.#spans[index]!;
  }

  find(spanId: string): Span | undefined {
    return this.#byId.get(spanId);
  }

  get all(): readonly Span[] {
    return this.#spans;
  }

  /** The span of this id; a known one keeps its resource. */
  open(id: string, resource: string): Span {
    const known = this.#byId.get(id);
    if (known) return known;
    const span: Span = {
      index: this.#spans.length,
      id,
      resource,
      source: SpanTable.sourceOf(id),
      lastId: -1,
      firstId: -1,
      openId: -1,
      openLevel: 0,
      openBytes: 0,
      carry: undefined,
      warnings: 0,
      errors: 0,
    };
    this.#spans.push(span);
    this.#byId.set(id, span);
    this.#beginCounting(span);
    return span;
  }

  /** Counts the first segment of a warning or an error. */
  countAnchor(span: Span, level: number): void {
    const side = this.#side(span);
    if (level === levelNumber.error) {
      span.errors++;
      side.errors++;
    } else {
      span.warnings++;
      side.warnings++;
    }
  }

  /** Warnings and errors of the current build and run of a resource. */
  resourceCounts(resource: string): SpanCounts {
    const counts = this.#byResource.get(resource);
    if (!counts) return { warnings: 0, errors: 0 };
    return {
      warnings: counts.build.warnings + counts.runtime.warnings,
      errors: counts.build.errors + counts.runtime.errors,
    };
  }

  #side(span: Span): Counts {
    const counts = this.#of(span.resource);
    return isBuildSide(span) ? counts.build : counts.runtime;
  }

  #of(resource: string): ResourceCounts {
    let counts = this.#byResource.get(resource);
    if (!counts) {
      counts = { build: { warnings: 0, errors: 0 }, runtime: { warnings: 0, errors: 0 }, isNewBuild: false };
      this.#byResource.set(resource, counts);
    }
    return counts;
  }

  /** A new build forgets the old build's counts; the first new runtime span after it, or a new server, the old run's. */
  #beginCounting(span: Span): void {
    const counts = this.#of(span.resource);
    if (span.id.startsWith('build:') || span.id.startsWith('tiltfile:')) {
      counts.build = { warnings: 0, errors: 0 };
      counts.isNewBuild = true;
    } else if (!isBuildSide(span) && (counts.isNewBuild || span.id.startsWith('localserve:'))) {
      counts.runtime = { warnings: 0, errors: 0 };
      counts.isNewBuild = false;
    }
  }
}

/** The output of a local update has a span that outlives its build, and counts with the build. */
function isBuildSide(span: Span): boolean {
  return span.source === 'build' || span.id.startsWith('cmd:') || span.id.startsWith('tiltfile:');
}
