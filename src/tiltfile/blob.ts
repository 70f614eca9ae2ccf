// A blob: file contents in memory, taken wherever YAML or a file's text is (reference 2.2).
import { type ComparisonOp, StarlarkError, StarlarkObject, type Value } from '../starlark/index.ts';

export class Blob extends StarlarkObject {
  readonly typeName = 'blob';
  /** A Starlark string. */
  readonly text: string;
  /** Where it comes from, for errors: `local: cat x`. */
  readonly source: string;

  constructor(text: string, source: string) {
    super();
    this.text = text;
    this.source = source;
  }

  override repr(): string {
    return this.text;
  }

  override truth(): boolean {
    return this.text !== '';
  }

  override hash(): number {
    throw new StarlarkError('unhashable type: blob');
  }

  override compareSameType(op: ComparisonOp, other: StarlarkObject): boolean {
    if (op === '==') return this === other;
    if (op === '!=') return this !== other;
    throw new StarlarkError(`blob ${op} blob not implemented`);
  }
}

/** The text of a string or a blob, as a Starlark string; undefined for anything else. */
export function textOfValue(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Blob ? value.text : undefined;
}
